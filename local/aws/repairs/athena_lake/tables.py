"""A Glue table over Parquet as it lies on disk: its partition folders, its files, its columns."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from ministack.core.responses import get_account_id
from ministack.services import athena, firehose, glue, s3

from local.aws.repairs.athena_lake.predicates import Demand

MISSING_EQUALITY = (
    "CONSTRAINT_VIOLATION: For the injected projected partition column {key}, the WHERE clause must contain only "
    "static equality conditions, and at least one such condition must be present."
)


@dataclass(frozen=True, slots=True)
class LakeTable:
    """A Parquet table whose partitions are `key=value` folders under its location."""

    glue: dict[str, Any]

    @property
    def keys(self) -> list[str]:
        return [str(key["Name"]) for key in self.glue.get("PartitionKeys") or []]

    def files(self, demands: list[Demand]) -> list[Path]:
        """The files of the partitions that the demands leave."""
        self._check_injected(demands)
        bucket, prefix = self._location()
        root = Path(s3.DATA_DIR) / get_account_id() / bucket
        folders = [root / prefix]
        for key in self.keys:
            wanted = [demand for demand in demands if demand.key == key]
            folders = [inner for folder in folders for inner in _partitions(folder, key, wanted)]
        objects = (s3._buckets.get(bucket) or {}).get("objects", {})
        return [file for folder in folders for file in _data_files(folder) if str(file.relative_to(root)) in objects]

    def relation(self, files: list[Path]) -> str:
        """A DuckDB relation over these files with all columns of the table, those the files lack as NULL."""
        declared = self._columns(self.glue["StorageDescriptor"].get("Columns") or []) + self._columns(
            self._partition_keys()
        )
        empty = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in declared)
        if not files:
            return f"(SELECT {empty} WHERE FALSE)"
        paths = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
        types = ", ".join(f"'{name}': {kind}" for name, kind in self._columns(self._partition_keys()))
        hive = f"hive_partitioning = true, hive_types = {{{types}}}" if types else "hive_partitioning = false"
        reader = f"read_parquet([{paths}], union_by_name = true, {hive})"
        return f"(SELECT {empty} WHERE FALSE UNION ALL BY NAME SELECT * FROM {reader})"

    def _check_injected(self, demands: list[Demand]) -> None:
        parameters = self.glue.get("Parameters") or {}
        bound = {demand.key for demand in demands if demand.is_equality}
        for key in self.keys:
            if parameters.get(f"projection.{key}.type") == "injected" and key not in bound:
                raise ValueError(MISSING_EQUALITY.format(key=key))

    def _location(self) -> tuple[str, str]:
        parsed = urlparse(self.glue["StorageDescriptor"]["Location"])
        return parsed.netloc, parsed.path.strip("/")

    def _partition_keys(self) -> list[dict[str, Any]]:
        return list(self.glue.get("PartitionKeys") or [])

    def _columns(self, columns: list[dict[str, Any]]) -> list[tuple[str, str]]:
        return [
            (str(column["Name"]), firehose._hive_to_duckdb_type(column.get("Type", "string"))) for column in columns
        ]


def lake_table(database: str, name: str) -> LakeTable | None:
    """The table, when it is one this repair can read in place."""
    found = glue._tables.get(f"{database}/{name}")
    if not found or athena._data_format(found) != "parquet" or not s3.S3_PERSIST:
        return None
    table = LakeTable(found)
    template = (found.get("Parameters") or {}).get("storage.location.template")
    folders = "/".join(f"{key}=${{{key}}}" for key in table.keys)
    return table if template is None or template.strip("/").endswith(folders) else None


def _partitions(folder: Path, key: str, wanted: list[Demand]) -> Iterator[Path]:
    """The folders of one key whose value every demand admits, in order of their names."""
    if not folder.is_dir():
        return
    for name in sorted(os.listdir(folder)):
        found, _, value = name.partition("=")
        if found == key and all(demand.admits(value) for demand in wanted):
            yield folder / name


def _data_files(folder: Path) -> Iterator[Path]:
    """Files below the folder that hold data; Athena skips what begins with an underscore or a dot."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(("_", ".")))
        for name in sorted(names):
            if not name.startswith(("_", ".")) and not name.endswith((".meta.json", ".tmp")):
                yield Path(parent) / name
