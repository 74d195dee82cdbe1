"""Certificates as an office makes them: what is told of one, and every way of being unusable has its sentence."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cps_training.cli.app import app
from cps_training.config import Config
from cps_training.errors import KitError
from cps_training.server.certificate import certificate, tls_context

ROOT = Path(__file__).resolve().parents[2]
HOST, ADDRESS = "kit.office.lan", "192.168.1.20"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the script of the documentation makes."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["sh", ROOT / "deploy" / "make-certificate.sh", folder, HOST, ADDRESS], check=True, capture_output=True
    )
    return folder


def served_with(tls: Path, cert: str = "kit.pem", key: str = "kit.key") -> Config:
    return Config(tls_cert=str(tls / cert), tls_key=str(tls / key))


def signed(tls: Path, name: str, days: int) -> None:
    """A certificate of that name, signed by itself, good for so many days from now; with 0 it has just ended."""
    key, names = f"{name}.key", tls / f"{name}.ext"
    names.write_text(f"subjectAltName = DNS:{name}\n", "ascii")
    asked = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}"]
    given = ["x509", "-req", "-in", f"{name}.csr", "-signkey", key, "-days", str(days), "-extfile", names.name]
    for command in ([*asked, "-keyout", key, "-out", f"{name}.csr"], [*given, "-out", f"{name}.pem"]):
        subprocess.run(["openssl", *command], cwd=tls, check=True, capture_output=True)


def doctor(data: Path, tls: Path, cert: str, key: str, hosts: list[str]) -> dict[str, object]:
    data.mkdir(exist_ok=True)
    lines = [f'tls_cert = "{tls / cert}"', f'tls_key = "{tls / key}"', f"allowed_hosts = {json.dumps(hosts)}"]
    (data / "config.toml").write_text("\n".join(lines), "utf-8")
    found = json.loads(CliRunner().invoke(app, ["doctor", "--json", "--data-dir", str(data)]).stdout)["checks"]
    return next(check for check in found if check["name"] == "certificate")


def test_its_names_and_its_end_are_told(tls: Path) -> None:
    found = certificate(served_with(tls))
    assert found is not None
    assert found.names == (HOST, ADDRESS)
    # Phones refuse more than 825 days.
    assert timedelta(days=800) < found.last_at - datetime.now(UTC) <= timedelta(days=825)
    assert found.covers("KIT.office.lan")
    assert found.covers(ADDRESS)
    assert not found.covers("other.office.lan")


def test_without_one_there_is_none() -> None:
    assert (certificate(Config()), tls_context(Config())) == (None, None)


@pytest.mark.parametrize(
    ("cert", "key"),
    [("missing.pem", "kit.key"), ("kit.pem", "missing.key"), ("kit.pem", "office-ca.key"), ("kit.key", "kit.key")],
)
def test_files_that_do_not_belong_together_are_named(tls: Path, cert: str, key: str) -> None:
    with pytest.raises(KitError) as caught:
        certificate(served_with(tls, cert, key))
    assert caught.value.code == "bad-certificate"
    assert cert in caught.value.message
    assert key in caught.value.message


def test_one_that_has_ended_says_so(tls: Path) -> None:
    signed(tls, "ended.lan", 0)
    with pytest.raises(KitError) as caught:
        certificate(served_with(tls, "ended.lan.pem", "ended.lan.key"))
    assert caught.value.code == "certificate-ended"


def test_doctor_warns_before_it_ends_and_of_names_it_does_not_cover(tls: Path, tmp_path: Path) -> None:
    signed(tls, "soon.lan", 20)
    good = doctor(tmp_path / "d", tls, "kit.pem", "kit.key", [HOST, ADDRESS])
    soon = doctor(tmp_path / "d", tls, "soon.lan.pem", "soon.lan.key", ["soon.lan"])
    uncovered = doctor(tmp_path / "d", tls, "kit.pem", "kit.key", [HOST, "kit.other.lan"])
    assert [one["ok"] for one in (good, soon, uncovered)] == [True, False, False]
    assert "kit.other.lan" in str(uncovered["detail"])
    assert HOST not in str(uncovered["detail"])
