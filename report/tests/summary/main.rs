//! Every sentence of the summaries against its figure and against the pairs themselves.
