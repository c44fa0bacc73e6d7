#!/bin/sh
# What an analyst decides about the commitments that were read in these articles; README.md says why each is needed.
#
#   decisions.sh DOSSIER [COMMAND]      COMMAND is `materiel` where none is given
#
# A commitment is found by its debtor and some words of its quote, so that its id may change as reading does. What reading
# no longer finds, or no longer gets wrong, is passed over with a note.
set -eu
dossier=$1
materiel=${2:-materiel}
board=$("$materiel" board "$dossier" --json)

# The id on the board: debtor, words of the quote. Nothing where there is none.
said() {
  printf '%s\n' "$board" | grep -F "\"debtor\": \"$1\"" | grep -F "$2" | sed -n '1s/^{"id": "\([^"]*\)".*/\1/p'
}

decide() {
  "$materiel" commit "$dossier" "$@" --author "The example's author" --on 2024-12-20
}

# about ID WHAT OPTION...: decides about a commitment that was found.
about() {
  id=$1 what=$2 option=$3
  shift 3
  if [ -n "$id" ]; then decide "$option" "$id" "$@"; else echo "Not on the board, so not decided: $what" >&2; fi
}

# same ID INTO WHAT REASON: one commitment said in two articles, unless reading already took the two for one.
same() {
  if [ -n "$2" ] && [ "$1" != "$2" ]; then about "$1" "$3" --merge --into "$2" --reason "$4"; fi
}

# Seoul, 23 June: the reader found the condition, and kept "no line left" in words.
seoul=$(said KOR "no line left")
about "$seoul" "Seoul's line of 23 June" --correct --then "transfer(KOR -> UKR, arms, delivered)" \
  --reason "The line that Chang speaks of is the ban on arms for Ukraine."
# The rewrite of 25 June says the same, with the recipient left out.
same "$(said KOR "no longer see any limits")" "$seoul" "the rewrite of Seoul's line" \
  "BuzzHarbor rewrites the Inwang Review: it is the same line."

# Moscow, 20 June in Hanoi: the reader does not see this warning, whose consequence is only hinted at. It stands on what the
# article of 21 June says of arms from Russia to North Korea.
hanoi=$("$materiel" register "$dossier" --kind transfer --supplier RUS --recipient PRK --json |
  grep -F '"known_on": "2024-06-21"' | sed -n '1s/^{"id": "\([^"]*\)".*/\1/p')
if [ -n "$hanoi" ]; then
  decide --debtor RUS --when "transfer(KOR -> UKR, arms, delivered)" --then "transfer(RUS -> PRK, technology, delivered)" \
    --force threat --source "$hanoi" --day 2024-06-20 \
    --reason "Putin in Hanoi: arms for Ukraine would bring decisions that Seoul would not enjoy; officials there expect technology for the North."
else
  echo "No entry for it to rest on, so not added: Moscow's warning of 20 June" >&2
fi
# Misread: Putin's words about the pact, not a promise of Seoul's.
about "$(said KOR "only in the event of aggression")" "Seoul's promise that is none" --reject \
  --reason "The sentence says when the pact binds; Seoul commits itself to nothing in it."

# The pact's clause: one event for each party, and the restatement of November is no second promise.
russia=$(said RUS "invaded by one or several states")
korea=$(said PRK "invaded by one or several states")
about "$russia" "the pact's clause, Russia's side" --correct --when 'event("armed attack on North Korea")' \
  --then "transfer(RUS -> PRK, {arms, intelligence, personnel, training}, delivered)" --force promise \
  --reason "Article 4, Russia's side: North Korea is invaded and in a state of war; military assistance."
about "$korea" "the pact's clause, North Korea's side" --correct --when 'event("armed attack on Russia")' \
  --then "transfer(PRK -> RUS, {arms, intelligence, personnel, training}, delivered)" --force promise \
  --reason "Article 4, North Korea's side: Russia is invaded and in a state of war; military assistance."
same "$(said RUS "finds itself at war")" "$russia" "the clause restated, Russia's side" \
  "The same clause, restated on 29 November."
same "$(said PRK "finds itself at war")" "$korea" "the clause restated, North Korea's side" \
  "The same clause, restated on 29 November."
