"""serve and lab: start the kit for an office, or JupyterLab for one person."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from cps_training.cli.app import AsJson, DataDir, app, folder_of, own_content, refusals, say
from cps_training.config import Config, read_config
from cps_training.errors import KitError
from cps_training.places import DataFolder

Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, help="พอร์ต (0 = ว่างตัวใดก็ได้) · port (0 = any)")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="ไม่เปิดเบราว์เซอร์ · do not open a browser")]


@app.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training serve --demo`\n\n`cps-training serve --data-dir D:/cps --port 9000 --no-browser`"
)
def serve(
    demo: Annotated[
        bool, typer.Option("--demo", help="สำนักงานสมมติ 47 คน ข้อมูลแยกต่างหาก · a fictional office in a store of its own")
    ] = False,
    reset: Annotated[bool, typer.Option("--reset", help="เริ่มข้อมูลจำลองใหม่ · start the demo store anew")] = False,
    data_dir: DataDir = None,
    host: Annotated[str | None, typer.Option("--host", help="ที่อยู่ที่รับการเชื่อมต่อ · address to listen on")] = None,
    port: Port = None,
    insecure_lan: Annotated[
        bool, typer.Option("--insecure-lan", help="ยอมใช้ http บนแลน (ทุกหน้าจะเตือน) · allow plain http on a LAN")
    ] = False,
    no_browser: NoBrowser = False,
    as_json: AsJson = False,
) -> None:
    """เปิดชุดฝึกให้เข้าใช้ทางเบราว์เซอร์ · Serve the kit to browsers; prints one URL."""
    if reset and not demo:
        raise typer.BadParameter("--reset ใช้ได้กับ --demo เท่านั้น", param_hint="--reset")
    with refusals(as_json):
        folder = folder_of(data_dir)
        config = read_config(folder.config)
        if host is not None:
            config = replace(config, host=host)
        if port is not None:
            config = replace(config, port=port)
        if insecure_lan:
            config = replace(config, insecure_lan=True)
        _require_safe_address(config, demo)
        if demo:
            folder = _demo_folder(folder, reset)
        own_content(folder)
        from cps_training.server.start import ServeRequest
        from cps_training.server.start import serve as start

        code = start(ServeRequest(folder, config, demo, not no_browser and not as_json, as_json))
    raise typer.Exit(code)


def _require_safe_address(config: Config, is_demo: bool) -> None:
    if config.is_loopback:
        return
    if is_demo:
        raise KitError("demo-is-local", f"ข้อมูลจำลองเปิดได้เฉพาะในเครื่องนี้ (127.0.0.1) ไม่ใช่ {config.host} ให้ตัด --host ออก")
    if not (config.tls_cert and config.tls_key) and not config.insecure_lan:
        raise KitError(
            "needs-tls",
            f"จะเปิดบน {config.host} ต้องตั้ง tls_cert และ tls_key ใน config.toml หรือยืนยันด้วย --insecure-lan ว่ายอมให้ข้อมูลวิ่งแบบไม่เข้ารหัส",
        )


def _demo_folder(folder: DataFolder, reset: bool) -> DataFolder:
    """The demo's own data folder, filled when empty. reset: made anew."""
    from cps_training import demo
    from cps_training.claim import claim
    from cps_training.desk.opening import open_desk
    from cps_training.records import accounts

    own = DataFolder(folder.root / "demo")
    with claim(own):
        if reset and own.database.exists():
            for path in (own.database, *own.root.glob(own.database.name + "-*")):
                path.unlink(missing_ok=True)
        desk = open_desk(own, place="served")
        try:
            with desk.records.write() as conn:
                if not accounts.people(conn):
                    say("กำลังสร้างสำนักงานสมมติ…")
                    demo.fill(conn, desk.library, now=desk.clock())
        finally:
            desk.records.close()
    return own


@app.command(epilog="ตัวอย่าง · Example:\n\n`cps-training lab`")
def lab(data_dir: DataDir = None, port: Port = None, no_browser: NoBrowser = False) -> None:
    """เปิดบทเรียนใน JupyterLab สำหรับผู้ใช้เครื่องนี้ (นับเป็นการฝึก) · Open the lessons in JupyterLab, recorded as practice."""
    with refusals(as_json=False):
        from cps_training.cli.jupyterlab import run_lab

        folder = folder_of(data_dir)
        own_content(folder)
        code = run_lab(folder, port=port, open_browser=not no_browser)
    raise typer.Exit(code)
