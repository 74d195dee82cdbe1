"""How jupyter_client launches and ends the kernel of a page: forked from a warm parent, or an ordinary one where that cannot be.

A page's kernel holds nothing that is not at the desk already, so it is ended by signal, at once. Knows no page and no seat.
"""

from __future__ import annotations

from typing import Any, ClassVar

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

from cps_training.places import PACKAGE
from cps_training.server.environment import FAMILY
from cps_training.server.forked_process import ForkedProcess
from cps_training.server.warm_parents import Parents


class ForkingProvisioner(LocalProvisioner):
    """Launches a page's kernel by forking; everything else is the local provisioner's. Chosen in our own kernelspec."""

    parents: ClassVar[Parents | None] = None
    """Set by the server; without them every kernel is an ordinary one."""

    async def launch_kernel(self, cmd: list[str], **given: Any) -> Any:
        environment: dict[str, str] = given["env"]
        process = None
        if self.parents is not None:
            request = {"argv": cmd, "env": environment, "cwd": str(given.get("cwd") or PACKAGE.parent)}
            process = await self.parents.fork(environment.get(FAMILY, "learner"), request)
        if process is None:
            return await super().launch_kernel(cmd, **given)
        self.process = process
        self.pid = self.pgid = process.pid  # the child called setsid
        self.cwd = given.get("cwd")
        return self.connection_info


class KitKernel(ServerKernelManager):
    """One kernel."""

    def emit(self, *_: Any, **__: Any) -> None:
        """Nothing: nobody reads jupyter_server's events, and validating them costs a tenth of a visit."""

    def _connect_control_socket(self) -> None:
        """None: it serves polite endings, and ours are by signal."""

    async def _async_shutdown_kernel(self, now: bool = True, restart: bool = False) -> None:  # noqa: ARG002
        """End it by signal whatever is asked: a lean kernel that is asked politely can hang for seconds and keep its seat."""
        self.shutting_down = True
        self.stop_restarter()
        if self.provisioner is not None and self.provisioner.has_process:
            process = self.provisioner.process
            await self.provisioner.kill()
            if not isinstance(process, ForkedProcess):  # a forked one is its parent's to wait for
                await self.provisioner.wait()
        await self._async_cleanup_resources(restart=restart)
