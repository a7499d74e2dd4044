"""Pre-signed URLs of a server: they lead to the server itself, by the name that the caller knows it by."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.server.conftest import INSTANCE, Clients, Http, ServerProcess

BODY = b"Dear Sir"
CASE = "arn:aws:cases:us-east-1:123456789012:domain/d0000000/case/c0000000"
LETTER = {"FileName": "My letter, Grüße.pdf", "FileSizeInBytes": len(BODY), "FileUseCaseType": "ATTACHMENT"}


def first_prompt(client: Any, instance_id: str) -> str:
    return str(client.list_prompts(InstanceId=instance_id)["PromptSummaryList"][0]["Id"])


def prompt_url(client: Any, instance_id: str, prompt_id: str) -> str:
    return str(client.get_prompt_file(InstanceId=instance_id, PromptId=prompt_id)["PromptPresignedUrl"])


def download(url: str) -> bytes:
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.content


def test_a_prompt_is_downloaded_from_the_server(client: Any, instance_id: str, endpoint_url: str) -> None:
    url = prompt_url(client, instance_id, first_prompt(client, instance_id))
    assert url.startswith(f"{endpoint_url}/connect-managed-us-east-1/{instance_id}/prompts/")
    assert download(url).startswith(b"RIFF")


def test_a_prompt_is_made_of_an_object_on_the_server(clients: Clients, client: Any, instance_id: str) -> None:
    s3 = clients("s3")
    s3.create_bucket(Bucket="recordings")
    s3.put_object(Bucket="recordings", Key="a.wav", Body=b"Welcome!")
    made = client.create_prompt(InstanceId=instance_id, Name="Welcome", S3Uri="s3://recordings/a.wav")["PromptId"]
    assert download(prompt_url(client, instance_id, made)) == b"Welcome!"


def test_a_prompt_is_copied_from_the_url_of_another(client: Any, instance_id: str) -> None:
    url = prompt_url(client, instance_id, first_prompt(client, instance_id))
    made = client.create_prompt(InstanceId=instance_id, Name="Copy", S3Uri=url)["PromptId"]
    assert download(prompt_url(client, instance_id, made)) == download(url)


def test_an_attached_file_is_uploaded_and_downloaded(client: Any, instance_id: str, endpoint_url: str) -> None:
    thing = {"InstanceId": instance_id, "AssociatedResourceArn": CASE}
    started = client.start_attached_file_upload(**thing, **LETTER)
    upload = started["UploadUrlMetadata"]
    assert upload["Url"].startswith(f"{endpoint_url}/")
    assert requests.put(upload["Url"], BODY, headers=upload["HeadersToInclude"], timeout=10).status_code == 200
    client.complete_attached_file_upload(**thing, FileId=started["FileId"])
    found = client.get_attached_file(**thing, FileId=started["FileId"])
    assert download(found["DownloadUrlMetadata"]["Url"]) == BODY


def test_a_browser_may_upload_from_any_page(client: Any, instance_id: str) -> None:
    upload = client.start_attached_file_upload(InstanceId=instance_id, AssociatedResourceArn=CASE, **LETTER)
    asked = {
        "Origin": "https://example.com",
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-disposition,x-amz-acl",
    }
    answer = requests.options(upload["UploadUrlMetadata"]["Url"], headers=asked, timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] in ("*", "https://example.com")


@pytest.mark.parametrize("host", ["localhost", "[::1]:4000", "connect-mock:5000"])
def test_a_url_names_the_server_as_the_caller_does(client: Any, instance_id: str, send: Http, host: str) -> None:
    prompt_id = first_prompt(client, instance_id)
    answer = send("GET", f"/prompts/{instance_id}/{prompt_id}/file", host=host)
    assert urlsplit(answer.json["PromptPresignedUrl"]).netloc == host


def test_a_caller_who_takes_the_server_for_aws_gets_a_url_of_aws(client: Any, instance_id: str, send: Http) -> None:
    prompt_id = first_prompt(client, instance_id)
    answer = send("GET", f"/prompts/{instance_id}/{prompt_id}/file", host="connect.us-east-1.amazonaws.com")
    url = urlsplit(answer.json["PromptPresignedUrl"])
    assert (url.scheme, url.netloc) == ("https", "connect-managed-us-east-1.s3.us-east-1.amazonaws.com")


def test_another_process_serves_its_urls(process: ServerProcess) -> None:
    clients = Clients(process.endpoint_url)
    instance_id = clients().create_instance(**INSTANCE)["Id"]
    url = prompt_url(clients(), instance_id, first_prompt(clients(), instance_id))
    clients().delete_instance(InstanceId=instance_id)
    clients.close()
    assert url.startswith(process.endpoint_url)
    assert download(url).startswith(b"RIFF")
