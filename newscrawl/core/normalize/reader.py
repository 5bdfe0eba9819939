"""The signature of every reader of an element, and of what reads the blocks inside of one."""

from collections.abc import Callable

from newscrawl.core.normalize.model import Block
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.tree import Node

Inner = Callable[[Node, Page, int], list[Block]]
Reader = Callable[[Node, Page, int, Inner], list[Block]]
