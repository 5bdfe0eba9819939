"""The work of the commands on a store: imported when one of them is run, and not before."""
