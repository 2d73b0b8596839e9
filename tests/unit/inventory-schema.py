#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The JSON Schema knows inventories as they are written: each property is
described, and none is there that is never written (TAP)."""
import json
import os
import subprocess

SRC = os.environ["ROLLCALL_SRC"]
WRITE = os.path.join("tests", "tools", "inventory-json")
MADE = (["full"], ["empty"], ["server", "3"])

with open(os.path.join(SRC, "data", "rollcall-result.schema.json"),
          encoding="utf-8") as f:
    SCHEMA = json.load(f)


def written(args):
    return json.loads(subprocess.run([WRITE, *args], check=True,
                                     capture_output=True).stdout)


def resolve(schema):
    while "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].split("/")[-1]]
    return schema


def walk(schema, value, where):
    """What the schema says of VALUE that is not so; and what it knows of an
    object and FULL does not have."""
    if "$ref" in schema and not schema.get("description") and \
            not resolve(schema).get("description"):
        yield where + ": no description"
    elif "$ref" not in schema and not schema.get("description") and \
            not where.endswith("[]"):
        yield where + ": no description"
    schema = resolve(schema)
    if "anyOf" in schema:
        schema = resolve(next(
            (p for p in schema["anyOf"]
             if (resolve(p).get("type") == "null") == (value is None)),
            {}))
    if isinstance(value, dict):
        for name, member in value.items():
            if name not in schema.get("properties", {}):
                yield "%s.%s: not in the schema" % (where, name)
            else:
                yield from walk(schema["properties"][name], member,
                                "%s.%s" % (where, name))
    if isinstance(value, list):
        for item in value:
            yield from walk(schema.get("items", {}), item, where + "[]")


def names(schema, seen):
    """(definition, property) of all that SCHEMA refers to."""
    target = schema.get("$ref", "").split("/")[-1]
    if target and target not in seen:
        seen.add(target)
        for name in SCHEMA["$defs"][target].get("properties", {}):
            yield target, name
        yield from names(SCHEMA["$defs"][target], seen)
    for part in list(schema.get("properties", {}).values()) + \
            schema.get("anyOf", []) + [schema.get("items")]:
        if part:
            yield from names(part, seen)


def used(schema, value, found):
    target = schema.get("$ref", "").split("/")[-1]
    schema = resolve(schema)
    if "anyOf" in schema and value is not None:
        return used(schema["anyOf"][0], value, found)
    if isinstance(value, dict):
        for name, member in value.items():
            found.add((target, name))
            used(schema.get("properties", {}).get(name, {}), member, found)
    if isinstance(value, list):
        for item in value:
            used(schema.get("items", {}), item, found)
    return found


def check_properties():
    root = {"$ref": "#/$defs/inventory"}
    wrong = [w for args in MADE for w in walk(root, written(args), "")]
    found = used(root, written(["full"]), set())
    return sorted(set(wrong)) + sorted(
        "%s.%s: never written" % n for n in names(root, set()) if
        n not in found)


def check_valid():
    try:
        import jsonschema
    except ImportError:
        return None
    schema = {"$schema": SCHEMA["$schema"], "$ref": "#/$defs/inventory",
              "$defs": SCHEMA["$defs"]}
    valid = jsonschema.validators.validator_for(schema)(schema)
    return ["%s: %s" % ("/".join(map(str, e.absolute_path)), e.message[:200])
            for args in MADE for e in valid.iter_errors(written(args))][:9]


def main():
    tests = (("the schema and the members of inventories", check_properties),
             ("inventories are valid", check_valid))
    print("1..%d" % len(tests))
    for i, (name, check) in enumerate(tests, 1):
        wrong = check()
        for line in wrong or []:
            print("# " + line)
        print("%s %d - %s%s" % ("not ok" if wrong else "ok", i, name,
                                " # SKIP no jsonschema" if wrong is None
                                else ""))


main()
