"""Makes label_studio.json: what a real Label Studio gives back of an export, with corrections.

label_studio_page.json is the same project after a click on Submit in the page of each task.

    pip install label-studio requests            # in an environment of its own
    label-studio start --no-browser --port 18080 --username a@example.org --password PASSWORD \\
        --user-token TOKEN                       # LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN=true
    jijitsu export gold.jsonl --corpus articles.jsonl --to label-studio -o exported
    python make_label_studio.py http://localhost:18080 TOKEN exported label_studio.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import requests


def main(url: str, token: str, exported: str, target: str) -> None:
    """Import the tasks into a new project, annotate two of the three, export the project."""
    session = requests.Session()
    session.headers["Authorization"] = f"Token {token}"

    def call(method: str, path: str, **arguments: Any) -> Any:
        answer = session.request(method, f"{url}/api/{path}", timeout=60, **arguments)
        answer.raise_for_status()
        return answer.json()

    interface = (Path(exported) / "config.xml").read_text(encoding="utf-8")
    project = call("POST", "projects/", json={"title": "facts", "label_config": interface})["id"]
    tasks = json.loads((Path(exported) / "train.json").read_text(encoding="utf-8"))
    call("POST", f"projects/{project}/import", json=tasks)
    corrections = {"plan": correct_plan, "emoji": correct_emoji}
    for task in call("GET", f"tasks/?project={project}&fields=all")["tasks"]:
        name = task["data"]["jijitsu"]["document"]["id"]
        if name in corrections:
            result = corrections[name](task["predictions"][0]["result"])
            call("POST", f"tasks/{task['id']}/annotations/", json={"result": result})
    everything = call("GET", f"projects/{project}/export?exportType=JSON&download_all_tasks=true")
    written = json.dumps(everything, ensure_ascii=False, indent=1)
    Path(target).write_text(written + "\n", encoding="utf-8")


def correct_plan(result: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add a date, retype a name, correct a value, and take a subject away."""
    for part in result:
        if part["type"] == "labels" and part["value"]["text"] == "Qwen3-235B-A22B":
            part["value"]["labels"] = ["organization"]
        if part["type"] == "textarea" and '"JPY"' in part["value"]["text"][0]:
            corrected = part["value"]["text"][0].replace("investment", "other")
            part["value"]["text"] = [corrected]
    yen = next(part["id"] for part in result if part.get("value", {}).get("text") == "7.98兆円")
    kept = [part for part in result if part.get("from_id") != yen or part["labels"] != ["subject"]]
    place = {"start": 7, "end": 10, "text": "24日", "labels": ["date"]}
    drawn = {"from_name": "label", "to_name": "text", "type": "labels", "origin": "manual"}
    return [*kept, {**drawn, "id": "Yz0drawn01", "value": place}]


def correct_emoji(result: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Remove a percentage; the money is one company's."""
    gone = {part["id"] for part in result if part.get("value", {}).get("text") == "2割"}
    kept = []
    for part in result:
        if part.get("id") in gone or part.get("to_id") == "1":
            continue
        if part.get("labels") == ["participant"]:
            part["labels"] = ["subject"]
        kept.append(part)
    return kept


if __name__ == "__main__":
    main(*sys.argv[1:])
