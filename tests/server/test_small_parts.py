"""Host names, the log's silence, the kernel's environment: the small rules, each on its own."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from cps_training.config import Config
from cps_training.places import DataFolder
from cps_training.server.assets import load_assets, page_tokens
from cps_training.server.environment import OWN, KernelCall, kernel_environment, parent_environment
from cps_training.server.hosts import is_own_host, own_hosts, shown_host
from cps_training.server.log import QuietFormatter


@pytest.mark.parametrize("header", ["127.0.0.1:8866", "localhost", "LOCALHOST:1", "[::1]:8866", "kit.office.lan:80"])
def test_the_servers_own_names_are_accepted(header: str) -> None:
    assert is_own_host(header, own_hosts(Config(allowed_hosts=("Kit.Office.LAN",))))


@pytest.mark.parametrize(
    "header", ["", "example.org", "127.0.0.1.example.org", "localhost.", "127.0.0.1@example.org", "[::2]", "0.0.0.0"]
)
def test_foreign_names_are_not(header: str) -> None:
    assert not is_own_host(header, own_hosts(Config()))


def test_listening_everywhere_does_not_mean_answering_to_every_name() -> None:
    hosts = own_hosts(Config(host="0.0.0.0", insecure_lan=True))
    assert not is_own_host("example.org", hosts)
    assert not is_own_host("0.0.0.0", hosts)
    assert shown_host(Config(host="0.0.0.0", allowed_hosts=("kit.office",))) == "kit.office"
    assert shown_host(Config(host="::1")) == "[::1]"


def formatted(message: str, error: Exception | None = None) -> str:
    exc_info = (type(error), error, None) if error else None
    return QuietFormatter().format(logging.LogRecord("x", logging.INFO, "", 0, message, (), exc_info))


@pytest.mark.parametrize(
    "message",
    [
        "GET /quiz?form=secret-form&x=1",
        "Cookie: cps_session=secret-form; other=1",
        "{'Cookie': 'a=secret-form'}",
        "_xsrf=secret-form&code=1",
        "CPS_TICKET=secret-form",
        "password: secret-form",
        '{"ticket": "secret-form"}',
    ],
)
def test_the_log_keeps_no_query_cookie_ticket_or_password(message: str) -> None:
    assert "secret-form" not in formatted(message)


def test_a_traceback_is_cleaned_too() -> None:
    text = formatted("failed", ValueError("uri='/quiz?form=secret-form'"))
    assert "ValueError" in text
    assert "secret-form" not in text


def test_an_endless_message_is_cut() -> None:
    assert len(formatted("x" * 100_000)) < 5000


NOTEBOOK = Path("/shipped/apps/quiz.ipynb")


def test_a_kernel_learns_nothing_of_the_server_but_the_listed(tmp_path: Path) -> None:
    base = {
        "PATH": "/bin",
        "LC_ALL": "C.UTF-8",
        "DATABASE_URL": "x",
        "AWS_SECRET": "x",
        "JUPYTER_TOKEN": "x",
        "PYTHONSTARTUP": "x",
    }
    made = kernel_environment(
        base, DataFolder(tmp_path), "unix:/run/desk", KernelCall("t", "en", "form=a", NOTEBOOK, "learner")
    )
    assert set(made) == {"PATH", "LC_ALL", *OWN}
    assert (made["CPS_TICKET"], made["CPS_LOCALE"], made["QUERY_STRING"]) == ("t", "en", "form=a")
    assert (made["CPS_NOTEBOOK"], made["CPS_FAMILY"]) == (str(NOTEBOOK), "learner")


def test_the_warm_parent_learns_of_nobody_and_of_no_secret(tmp_path: Path) -> None:
    base = {
        "PATH": "/bin",
        "CPS_TICKET": "x",
        "CPS_DESK": "x",
        "QUERY_STRING": "x",
        "JPY_PARENT_PID": "1",
        "AWS_SECRET": "x",
    }
    made = parent_environment(base, DataFolder(tmp_path))
    assert made["PATH"] == "/bin"
    assert {"CPS_TICKET", "CPS_DESK", "CPS_LOCALE", "QUERY_STRING", "JPY_PARENT_PID", "AWS_SECRET"}.isdisjoint(made)
    assert "x" not in made.values()


def test_a_variable_of_the_server_cannot_pass_for_ours(tmp_path: Path) -> None:
    base = {"CPS_TICKET": "stolen", "QUERY_STRING": "stolen", "CPS_DESK": "tcp:elsewhere:1"}
    made = kernel_environment(
        base, DataFolder(tmp_path), "unix:/run/desk", KernelCall("t", "th", "", NOTEBOOK, "staff")
    )
    assert "stolen" not in made.values()
    assert made["CPS_DESK"] == "unix:/run/desk"


def test_an_address_of_a_file_changes_with_its_content_only() -> None:
    one, two = load_assets(), load_assets()
    assert one.urls == two.urls
    assert len(set(one.urls.values())) == len(one.urls)


def test_the_page_uses_the_widgets_tokens_in_both_modes() -> None:
    style = load_assets()
    css = style.files[style.urls["shell.css"].rpartition("/")[2]].body.decode()
    assert ".cps-root" not in page_tokens(css)
    assert css.count("--cps-paper:") == 4  # light, dark by the system, dark by an attribute, ink on paper in print
