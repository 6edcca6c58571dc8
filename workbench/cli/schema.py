"""``schema``: the JSON Schema of the project file."""

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of the project file, for editors and other programs."""
    from workbench.files.schema import schema_text  # noqa: PLC0415 - building it is slow; --help must not wait for it

    click.echo(schema_text(), nl=False)
