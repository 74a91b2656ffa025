"""How people come to act for organisations: find one, register it, ask to join, claim it, be let in or refused."""
