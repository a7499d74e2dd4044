"""The clients that people use, against the server.

`test_administration.py` has a script of its own for each of two clients, in that client's idiom. All others play one scenario.

`scenario.json` is the scenario: what is called with what, and what has to come back. It names neither a language nor an SDK,
so that each client shows that it understands the same answers in its own way:

- `given`: values that steps refer to as `"$name"`, anywhere in their parameters and expectations; those that are not text, as
  the content of a flow, stand for their JSON text;
- `that`: what the step shows, in a sentence;
- `call`, `with`: the operation and its parameters, with AWS's own names;
- `keep`: values of the answer to refer to in later steps, by their path in it;
- `answers`: values that have to be in the answer, by their path;
- `times`: paths of timestamps, which the client has to give as its own kind of time, and which are of now;
- `refused`: the class of the error that has to come instead of an answer, and nothing else;
- `pages_of`, `counts`: the client's own paginator collects all pages of that size, and finds so many in a list.

A path is the names on the way, with dots; `Versions.0.Version` is in the first of a list.

Players: boto3 in process, boto3 on the server, the AWS CLI on the server (`test_scenario.py` has all three), and the AWS SDK
for JavaScript on the server (`node/play.mjs`).
"""
