//! FM1xxx: the workspace, its packages and their tags.
