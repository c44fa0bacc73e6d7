"""News that has nothing to say about arms supply, made by the yard for measuring speed.

Articles of 5 to 12 paragraphs on sport, markets, weather, courts, culture and politics, and among them *near misses*:
battles, gun crime, exercises, coal mines, fish tanks, parcel drones, trade pacts. Original wording; the outlets and
people are invented, the places are real. The same seed gives the same articles.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from materiel.terms.documents import Document, Passage, Role

NEAR_MISS = 0.25
"""The share of near misses among the articles."""

_WORDS: dict[str, str] = {
    "person": "Ana Velloso|Piet Hartsen|Mira Dolan|Tomasz Grell|Ines Okafor|Ruth Calder|Jun Sakata|Oleg Brandt"
    "|Leila Haddou|Callum Reyes|Freya Lind|Ndeye Sarr|Marco Belli|Hanna Kruse|Yusuf Demir|Sofia Lazar",
    "role": "coach|analyst|spokeswoman|resident|curator|shopkeeper|forecaster|lawyer|teacher|economist|ranger",
    "city": "Lisbon|Leeds|Gdansk|Porto Alegre|Osaka|Turin|Cork|Bergen|Lagos|Perth|Nairobi|Graz|Ghent|Tampere|Quito",
    "country": "Portugal|Kenya|Norway|Chile|Japan|Italy|Ireland|Ghana|Austria|Peru|Finland|Canada|Spain|Vietnam|Germany"
    "|France|Poland|Brazil|India|Mexico",
    "people": "Portuguese|Kenyan|Norwegian|Chilean|Japanese|Italian|Irish|Ghanaian|Austrian|Peruvian|Finnish|Canadian"
    "|Spanish|German|French|Polish|Brazilian|Indian",
    "front": "Ukraine|Sudan|Syria|Myanmar|Yemen|Ethiopia|Somalia|Libya",
    "club": "Rovers|Harbour City|Sporting Vale|the Larks|Old Mill United|Northgate|the Mariners|Torrent",
    "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    "month": "January|March|April|June|August|October|November",
    "n": "two|three|four|five|seven|nine|a dozen|twenty|some forty|nearly sixty",
    "count": "14|23|38|52|75|110|240|360|1,200|4,500|18,000",
    "percent": "0.4|1.1|1.8|2.6|3.5|7|12",
    "sum": "$3 million|€12 million|£450,000|$1.4 billion|$80 million|€2.2 billion",
    "goods": "copper|coffee|timber|wheat|salmon|cotton|cement|olive oil|steel|soy",
    "sector": "retail|banking|shipping|tourism|insurance|software|dairy|property|car-making|airline",
    "event": "the festival|the marathon|the book fair|the regatta|the harvest market|the film week|the science day",
    "weather": "heavy rain|dense fog|a dry spell|early frost|gale-force winds|a heatwave|wet snow",
    "art": "novel|documentary|opera|exhibition|stage play|photo series|children's book|string quartet",
    "crime": "a robbery|tax fraud|a burglary|a hit-and-run|an online swindle|arson|blackmail",
    "policy": "pension reform|school meals|bus fares|water prices|a housing bill|the fishing quota|clinics"
    "|broadband in villages|the minimum wage",
    "party": "the Greens|the Liberals|the Centre party|the opposition|the governing coalition|the Farmers' League",
    "feeling": "relieved|furious|puzzled|delighted|cautious|weary|hopeful",
    "gun": "a rifle|two pistols|a shotgun|a replica revolver|an air gun|hunting rifles",
    "weapon": "drones|missiles|artillery|rockets|mortars|guided bombs",
}

_TOPICS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sport": (
        ("{club} edge past {club} in {city}", "Late goal lifts {club}", "{people} runner takes gold in {city}"),
        (
            "{club} came from behind on {day} to beat {club} 3-2 before a crowd of {count} in {city}.",
            "{person} opened the scoring after {n} minutes with a shot from the edge of the box.",
            "The {role} said the side had been {feeling} at half-time and had defended far better since.",
            "The visitors were without {person}, who is expected back in training next {month}.",
            "It was the club's {n}-match run without defeat that pleased {person} most, the {role} added.",
            "A launch of the new season tickets brought in {sum}, a record for the second division.",
            "On the other pitch {club} and {club} shared the points in a goalless draw that nobody will remember.",
            "{person} fired wide from close range, and the keeper had little else to do until the whistle.",
            "In the women's league {club} stay top, {n} points ahead with as many games to play.",
            "The referee showed {n} yellow cards, which {person} called an over-reaction.",
        ),
    ),
    "markets": (
        (
            "{sector} shares slip in {city}",
            "{goods} prices steady as buyers wait",
            "Profit warning from {sector} group",
        ),
        (
            "Shares in {city} closed {percent} per cent lower on {day} as {sector} stocks gave up early gains.",
            "The central bank of {country} left its key rate unchanged and said that it would watch wages closely.",
            "{person}, an analyst at a brokerage in {city}, expects {goods} prices to recover by {month}.",
            "Turnover in the quarter rose to {sum}, while costs grew by {percent} per cent.",
            "Exports of {goods} from {country} fell for the second month, the statistics office reported.",
            "The board will propose a dividend of {n} cents a share and the purchase of a rival in {city}.",
            "Traders spoke of a {feeling} mood; volumes were the thinnest since {month}.",
            "A weaker currency has helped {sector} firms sell abroad, {person} noted.",
            "The company employs {count} people in {country} and plans to hire {n} more.",
            "Bond yields were little changed, and gold was bought only in small lots.",
            "Orders for machinery were down {percent} per cent on the year, in line with forecasts.",
        ),
    ),
    "weather": (
        ("{weather} expected in {city}", "After {weather}, {city} clears up", "Ferries cancelled as {weather} arrives"),
        (
            "Forecasters warned of {weather} across the north of {country} from {day} morning.",
            "Schools in {city} closed at noon, and {n} bus lines were diverted.",
            "The river stood at {count} centimetres, {n} below the mark at which the barriers are shut.",
            "“We have seen worse,” said {person}, a {role} who has lived by the harbour for years.",
            "Crews cleared fallen branches from {n} roads; power was back by the evening.",
            "The airport reported delays of up to {n} hours, mostly for flights to {city}.",
            "It should be milder by {day}, with light winds and a little sun in the south.",
            "Farmers were {feeling}: the {goods} harvest had already been brought in.",
            "The mountain rescue flew {n} hikers out by helicopter; none was badly hurt.",
        ),
    ),
    "courts": (
        ("{city} man jailed over {crime}", "Appeal court hears case of {crime}", "Jury out in {city} trial"),
        (
            "A court in {city} sentenced a man of 43 to {n} years in prison on {day} for {crime}.",
            "The defence had argued that {person} was at a wedding in {city} on the night in question.",
            "Prosecutors said {sum} had passed through an account in {country} before anyone noticed.",
            "The judge called the evidence of the {role} careful and the excuses of the accused less so.",
            "{person}, for the defence, said an appeal would be lodged by {month}.",
            "{n} witnesses were heard, among them a {role} and two police officers.",
            "The victim told the court she was {feeling} that it was over.",
            "The case had been delayed twice, once by illness and once by {weather}.",
            "Under the law of {country} the sentence can be reduced by a third.",
        ),
    ),
    "culture": (
        ("{city} opens {event}", "A {art} about silence", "{person} wins {people} prize"),
        (
            "{event} opened in {city} on {day} with a {art} by {person}.",
            "The {art} took {n} years to make and cost {sum}, most of it from a foundation in {country}.",
            "Critics were {feeling}; the audience stayed for {n} curtain calls.",
            "{person} grew up in {city} and worked as a {role} before turning to the stage.",
            "There are {count} objects on show, lent by museums in {country} and {country}.",
            "Tickets for {event} went on sale in {month} and were gone in {n} days.",
            "“It is about the noise of other people,” said {person}, laughing.",
            "A second part is planned, if the money can be found.",
            "The jury praised a voice that never raises itself.",
        ),
    ),
    "politics": (
        ("Parliament in {country} debates {policy}", "{party} split over {policy}", "Minister defends {policy} plan"),
        (
            "The parliament of {country} voted on {day} to delay {policy} until {month}.",
            "{party} said they would support the plan if the cost stayed under {sum}.",
            "{person}, who leads {party}, accused the finance minister of arithmetic for beginners.",
            "The prime minister told reporters in {city} that {policy} was a promise and would be kept.",
            "Unions representing {count} workers have called a strike for {day} unless talks resume.",
            "A poll puts {party} at {count} seats, {n} fewer than a year ago.",
            "The bill on {policy} needs the consent of both houses, and {n} members are undecided.",
            "In {city} the mayor was {feeling} about the decision and asked for help from the state.",
            "The treaty on fishing rights with {country} comes up for renewal in {month}.",
            "The president of {country} will visit {city} next week to sign an agreement on student exchange.",
            "Opposition members left the chamber when {person} began to speak of {policy}.",
        ),
    ),
}

_NEAR_MISSES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "battle": (
        ("Fighting flares in {front}", "{weapon} hit town in {front}", "Shelling keeps {front} awake"),
        (
            "{weapon} struck a market town in {front} before dawn on {day}, killing {n} people, a hospital said.",
            "Residents spent the night in cellars as artillery fire moved closer to the railway.",
            "The army said it had shot down {count} drones; the claim could not be checked.",
            "Aid workers counted {count} families on the road south, most of them on foot.",
            "A tank stood burnt out beside the school, its turret in the next garden.",
            "The governor blamed the rebels, who said nothing.",
            "Talks on a ceasefire in {city} were put off for the {n} time.",
            "“We had {n} minutes,” said a {role} who got her children out.",
            "Water and bread ran short by {day}, and the bakery had no flour.",
            "The front has hardly moved since {month}.",
        ),
    ),
    "gun crime": (
        ("Police in {city} seize {gun}", "Shots fired outside {city} bar", "Hunting club keys stolen"),
        (
            "Police in {city} found {gun} and ammunition in a garage on {day} and arrested {n} men.",
            "Shots were fired from a passing car; nobody was hurt.",
            "The owner said {gun} had been locked in a cabinet, as the law of {country} demands.",
            "Neighbours were {feeling} and asked for more patrols.",
            "{person}, a lawyer for one of the men, said the weapon was an heirloom without a firing pin.",
            "A search of {n} flats turned up cash, phones and a stolen bicycle.",
            "Parliament has discussed stricter licences for gun owners since {month}.",
            "The men are to appear before a judge in {city} next week.",
        ),
    ),
    "exercise": (
        ("Sirens over {city}: only a drill", "Recruits march through {city}", "Open day at the barracks"),
        (
            "{count} soldiers from {country} and {country} crossed the heath on {day} in a planned exercise.",
            "Fighter jets will be heard over {city} until {month}, the air force warned dog owners.",
            "The navy opened a frigate to visitors, who queued for {n} hours to see the bridge.",
            "Tanks rolled past the dairy, and a {role} filmed them for his grandson.",
            "A {role} complained of ruts in the fields; the army promised to pay for the damage.",
            "The defence minister of {country} watched from a stand and left before the rain.",
            "The exercise ends on {day} with a parade and a soup kitchen.",
            "No live rounds were used, a spokeswoman said.",
        ),
    ),
    "names of things": (
        ("Parcel drones over {city}", "Fish tank bursts in {city} hotel", "Mine to close in {country}"),
        (
            "A delivery firm in {city} will use drones to carry medicine to {n} islands from {month}.",
            "The tank held {count} litres and {n} sharks, all of which were saved by the fire brigade.",
            "The last coal mine of {country} closes on {day}; {count} miners have found other work.",
            "A battery plant near {city} received a grant of {sum} from the state.",
            "The rocket carried a weather satellite for {country} and was launched from a ship.",
            "The bank's shell companies in {country} had no staff and one letterbox.",
            "{person} called the new tram a tank on rails, which the maker took as praise.",
            "The museum bought a cannon of 1780 and a ship's bell for {sum}.",
            "Shares of the think tank's sponsor shot up {percent} per cent.",
            "The supplier of the engines, a firm in {country}, is to deliver {count} by {month}.",
        ),
    ),
    "other pacts": (
        ("{country} and {country} sign pact on rivers", "Trade deal with {country} delayed", "Loan for {country}"),
        (
            "{country} and {country} signed an agreement on river shipping in {city} on {day}.",
            "The accord cuts duties on {goods} by half and sets up a joint office in {city}.",
            "{country} will export {goods} worth {sum} a year under the deal, twice as much as before.",
            "If the parliaments agree, the pact takes effect in {month}.",
            "Negotiators met {n} times; {person} called the result better than feared.",
            "The development bank will lend {country} {sum} for roads and {n} hospitals.",
            "Farmers in {country} threatened to block the border unless quotas for {goods} were kept.",
            "Sanctions against {n} airlines of {country} were extended until {month}.",
            "The partnership of the two ports is {n} years old.",
        ),
    ),
    "security talk": (
        ("Budget row over barracks", "Minister visits veterans in {city}", "Old bunker for sale"),
        (
            "The defence ministry of {country} will close {n} barracks and sell the land for {sum}.",
            "Veterans in {city} asked the minister for higher pensions and better prostheses.",
            "Parliament discussed the military's share of the budget, which stays at {percent} per cent.",
            "A general who had criticised {policy} was moved to a desk in {city}.",
            "The bunker, built in 1961, has {count} beds and no windows; {person} wants to grow mushrooms in it.",
            "Spies from {country} had read the minister's mail since {month}, a newspaper reported.",
            "The army needs {count} recruits a year and found {n} fewer, the ombudsman wrote.",
            "“Nobody joins for the food,” said a {role}.",
        ),
    ),
}

_OUTLETS = ("Harbour Gazette", "The Plain Courier", "Valley Post", "Evening Ledger", "Northern Mail")
_SLOT = re.compile(r"\{(\w+)\}")
_LINKS = (
    "Earlier in the week it had looked different.",
    "That was not how everyone saw it.",
    "The figures were published on {day}.",
    "{person} did not reply to a request for comment.",
    "A decision is expected in {month}.",
    "It was, all in all, an ordinary {day}.",
    "More than {count} people signed a letter about it.",
)


@dataclass(frozen=True, slots=True)
class DullArticle:
    """A made article; ``topic`` is what it is about."""

    topic: str
    is_near_miss: bool
    document: Document


def dull_news(count: int, seed: int) -> Iterator[DullArticle]:
    """That many articles, the same ones for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        is_near_miss = chance.random() < NEAR_MISS
        topics = _NEAR_MISSES if is_near_miss else _TOPICS
        topic = chance.choice(sorted(topics))
        titles, sentences = topics[topic]
        title = _filled(chance.choice(titles), chance)
        paragraphs = _paragraphs(sentences, chance)
        text, passages = f"{title}\n", [Passage(0, len(title), Role.HEADLINE)]
        for paragraph in paragraphs:
            text += "\n"
            passages.append(Passage(len(text), len(text) + len(paragraph), Role.BODY))
            text += paragraph + "\n"
        published_on = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        document = Document(text, tuple(passages), title, published_on, chance.choice(_OUTLETS))
        yield DullArticle(topic, is_near_miss, document)


def _paragraphs(sentences: Sequence[str], chance: random.Random) -> list[str]:
    """Five to twelve paragraphs of one to four sentences; what the topic has to say is drawn without end."""
    found: list[str] = []
    pool: list[str] = []
    for _ in range(chance.randint(5, 12)):
        own = []
        for _ in range(chance.randint(1, 4)):
            if not pool:
                pool = [*sentences, *chance.sample(_LINKS, 3)]
                chance.shuffle(pool)
            own.append(_filled(pool.pop(), chance))
        found.append(" ".join(own))
    return found


def _filled(template: str, chance: random.Random) -> str:
    """The template with a word for each slot, different ones where it names a slot twice."""
    used: set[str] = set()

    def word(slot: re.Match[str]) -> str:
        chosen = chance.choice([each for each in _WORDS[slot[1]].split("|") if each not in used])
        used.add(chosen)
        return chosen

    filled = _SLOT.sub(word, template)
    return filled[0].upper() + filled[1:]
