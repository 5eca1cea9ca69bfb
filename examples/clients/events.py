"""Hears every event of the account's journal. pip install "gql[websockets]"; python events.py <bearer>"""

import asyncio
import sys

from gql import Client, gql
from gql.transport.exceptions import TransportError
from gql.transport.websockets import WebsocketsTransport

EVENTS = gql("subscription { dayPassEvents { __typename sequence cursor balance } }")


async def hear(url: str, bearer: str) -> None:
    cursor = None
    while True:
        # A transport of its own for each connect: its init_payload is read only once.
        transport = WebsocketsTransport(
            url=url,
            subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
            init_payload={"authorization": f"Bearer {bearer}", "resume": cursor},
        )
        try:
            async with Client(transport=transport) as session:
                async for result in session.subscribe(EVENTS):
                    print(result["dayPassEvents"])
                    cursor = result["dayPassEvents"]["cursor"]
        except (TransportError, OSError) as lost:
            print(f"lost, coming back: {lost}", file=sys.stderr)
            await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(hear("ws://127.0.0.1:4000/graphql", sys.argv[1]))
