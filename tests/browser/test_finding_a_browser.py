"""The browser tests never skip: they find a browser, get one, or fail saying how to get one."""

from __future__ import annotations

import pytest

from tests import browser_support

Failed = pytest.fail.Exception


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without any browser, where every command tried is noted and fails."""
    tried: list[str] = []
    monkeypatch.delenv("CPS_BROWSER", raising=False)
    monkeypatch.delenv("CPS_NO_INSTALL", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser_support, "_usual_places", list)
    monkeypatch.setattr(browser_support, "_run", lambda command: bool(tried.append(" ".join(command))))
    return tried


def test_installing_may_be_forbidden_and_then_it_says_how_to_get_one(bare, monkeypatch):
    monkeypatch.setenv("CPS_NO_INSTALL", "1")
    with pytest.raises(Failed, match="apt-get install chromium"):
        browser_support.get_browser()
    assert bare == []


def test_playwrights_own_download_is_tried_first(bare, monkeypatch):
    monkeypatch.setattr(browser_support, "_run", lambda command: not bare.append(" ".join(command)))
    assert browser_support.get_browser() is None  # None = what playwright just downloaded
    assert [command.partition("-m ")[2] for command in bare] == ["playwright install chromium"]


def test_as_root_on_debian_the_package_is_tried_next(bare, monkeypatch, tmp_path):
    (tmp_path / "apt-get").write_text("")
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    with pytest.raises(Failed, match="did not work"):
        browser_support.get_browser()
    assert bare[-1].startswith("apt-get install -y")
    assert bare[-1].endswith(" chromium")


def test_a_named_browser_that_is_not_there_is_an_error(bare, monkeypatch):
    monkeypatch.setenv("CPS_BROWSER", "/no/such/chrome")
    with pytest.raises(Failed, match="/no/such/chrome"):
        browser_support.get_browser()
