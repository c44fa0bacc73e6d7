def trace_lineage(documents):
    raise NotImplementedError
