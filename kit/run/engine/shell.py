"""The IPython shell that runs cells: that of an ordinary kernel, with our wire where the kernel has its sockets."""

from __future__ import annotations

import base64
import contextlib
import types
from collections.abc import Callable, Iterator
from typing import Any

import comm
import ipykernel.zmqshell
from comm.base_comm import BaseComm
from ipykernel.compiler import XCachingCompiler, get_tmp_hash_seed, murmur2_x86
from ipykernel.kernelbase import Kernel
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session, json_packer
from traitlets.config import Config


class WireSession(Session):
    """Takes the messages that an ordinary kernel would publish, and sends them over the wire."""

    def __init__(self, send: Callable[[dict], None]):
        super().__init__(key=b"", username="", session="kit")
        self._wire_send = send

    def msg(self, msg_type, content=None, parent=None, header=None, metadata=None):
        made = {"msg_type": msg_type, "msg_id": ""}
        return {
            "header": made,
            "msg_type": msg_type,
            "parent_header": dict((parent or {}).get("header", parent or {})),
            "content": content or {},
            "metadata": metadata or {},
        }

    def send(self, stream, msg_or_type, content=None, parent=None, ident=None, buffers=None, **rest):  # noqa: PLR0913
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content, parent)
        wired = {
            "type": message["msg_type"],
            "cell": message["parent_header"].get("msg_id", ""),
            "content": message["content"],
        }
        if buffers:
            wired["buffers"] = [base64.b64encode(one).decode("ascii") for one in buffers]
        self._wire_send(wired)
        return message


def encode(message: Any) -> bytes:
    """JSON as an ordinary kernel writes it: dates in ISO form, bytes in base64."""
    try:
        return json_packer(message)
    except UnicodeEncodeError:  # lone surrogates, which UTF-8 does not know
        return json_packer(_without_surrogates(message))


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(one) for key, one in value.items()}
    return [_without_surrogates(one) for one in value] if isinstance(value, (list, tuple)) else value


class KernelOfNobody:
    """What notebooks and widgets look for in ``get_ipython().kernel``, and nothing else of a kernel."""

    eventloop = None
    _allow_stdin = False
    raw_input = Kernel.raw_input  # refuse with the words of an ordinary kernel
    getpass = Kernel.getpass

    def __init__(self, session: WireSession):
        self.session, self.iopub_socket, self.cell = session, None, ""

    def get_parent(self, channel: str | None = None) -> dict[str, Any]:
        """The message that asked for the cell being run."""
        return {"header": {"msg_id": self.cell, "msg_type": "execute_request"}}


class Compiler(XCachingCompiler):
    """Names a cell as ipykernel does, but without the process id: warnings are the same in every run."""

    def get_code_name(self, raw_code, code, number):
        return f"/tmp/ipykernel_0/{murmur2_x86(raw_code, get_tmp_hash_seed())}.py"


class _NoProfile(ProfileDir):
    """A profile without folders: neither start-up files nor history of the person at the keyboard."""

    def check_dirs(self, change=None) -> None:
        pass

    check_log_dir = check_startup_dir = check_security_dir = check_pid_dir = check_dirs


class ZMQInteractiveShell(ipykernel.zmqshell.ZMQInteractiveShell):
    """The shell of an ordinary kernel – libraries look at the class's name – without event loops of windows."""

    def enable_gui(self, gui=None) -> None:
        if gui not in (None, "inline"):
            raise UsageError(f"There is no window to show {gui!r} figures in; use %matplotlib inline.")

    def init_environment(self) -> None:
        """The environment of a notebook is set when it begins."""

    _plain: tuple[str, str] = ("", "")  # code of a cell that awaits nothing, and what IPython's syntax makes of it

    @contextlib.contextmanager
    def knowing(self, code: str, transformed: str) -> Iterator[None]:
        """While a cell is run that awaits nothing: that has been found out, and ``run_cell`` would do it all again."""
        self._plain = code, transformed
        try:
            yield
        finally:
            self._plain = "", ""

    def transform_cell(self, raw_cell):
        return self._plain[1] if raw_cell is self._plain[0] else super().transform_cell(raw_cell)

    def should_run_async(self, raw_cell, **prepared):
        return raw_cell is not self._plain[0] and super().should_run_async(raw_cell, **prepared)


def open_shell(send: Callable[[dict], None]) -> ZMQInteractiveShell:
    """Make the one shell of this process, with an empty namespace."""
    session = WireSession(send)
    kernel = KernelOfNobody(session)
    InteractiveShell.clear_instance()
    ZMQInteractiveShell.clear_instance()
    config = Config({"HistoryManager": {"hist_file": ":memory:"}, "IPKernelApp": {}})
    shell = ZMQInteractiveShell.instance(
        config=config, profile_dir=_NoProfile(), user_ns={}, kernel=kernel, compiler_class=Compiler
    )
    shell.displayhook.session = shell.display_pub.session = session
    shell.displayhook.topic = b"execute_result"
    _publish_comms(session, kernel)
    return shell


def _publish_comms(session: WireSession, kernel: KernelOfNobody) -> None:
    class Comm(BaseComm):
        """A widget's line to the front end."""

        def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
            content = {"data": data or {}, "comm_id": self.comm_id, **keys}
            session.send(None, msg_type, content, kernel.get_parent()["header"], buffers=buffers)

    comm.create_comm = Comm
    comm._comm_manager = None
    comm.get_comm_manager = comm._get_comm_manager


def refuse_input(shell: ZMQInteractiveShell) -> None:
    """``input()`` and ``getpass()`` say that nobody can answer, as under nbclient."""
    import builtins
    import getpass

    builtins.input = types.MethodType(Kernel.raw_input, shell.kernel)
    getpass.getpass = types.MethodType(Kernel.getpass, shell.kernel)
