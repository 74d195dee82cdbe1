"""config.toml: defaults without a file, and every mistake refused with its name."""

import pytest

from cps_training.config import Config, read_config
from cps_training.errors import KitError


def test_no_file_means_loopback_and_the_defaults(tmp_path):
    assert read_config(tmp_path / "config.toml") == Config()
    assert Config().is_loopback


def test_all_keys_are_read(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(
        'host = "192.168.1.5"\nport = 9000\nallowed_hosts = ["kit.office.lan"]\ninsecure_lan = true\n', "utf-8"
    )
    config = read_config(path)
    assert (config.host, config.port, config.allowed_hosts, config.insecure_lan) == (
        "192.168.1.5",
        9000,
        ("kit.office.lan",),
        True,
    )
    assert not config.is_loopback


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("prot = 9000", "port"),
        ('port = "9000"', "port"),
        ("port = 70000", "port"),
        ("port = true", "port"),
        ("seats = -1", "seats"),
        ('language = "de"', "language"),
        ('allowed_hosts = "one"', "allowed_hosts"),
        ('log_level = "LOUD"', "log_level.*WARNING"),
        ('tls_cert = "kit.pem"', "tls_key"),
        ('tls_key = "kit.key"', "tls_cert"),
        ("port = ", "TOML"),
    ],
)
def test_a_mistake_is_refused_with_its_name(tmp_path, text, named):
    path = tmp_path / "config.toml"
    path.write_text(text + "\n", "utf-8")
    with pytest.raises(KitError, match=named, check=lambda error: error.code == "bad-config"):
        read_config(path)


def test_certificate_files_are_looked_for_beside_the_settings(tmp_path):
    """A service of the system starts in another folder than the one the settings were written in."""
    path = tmp_path / "config.toml"
    path.write_text('tls_cert = "tls/kit.pem"\ntls_key = "/etc/kit.key"\n', "utf-8")
    config = read_config(path)
    assert (config.tls_cert, config.tls_key) == (str(tmp_path / "tls" / "kit.pem"), "/etc/kit.key")
