"""Pages as a browser shows them: started by the first request that needs one, and not before."""
