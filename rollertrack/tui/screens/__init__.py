"""The screens, one a module; each is built when it is first shown."""
