"""The interface for programs: how every room answers, and the systems themselves.

Import the submodules: settings name some of them before views can be imported.
"""
