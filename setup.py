"""For scrapyd-deploy, which builds its egg by this file; everything is told in pyproject.toml."""

from setuptools import setup

setup()
