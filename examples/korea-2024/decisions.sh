#!/bin/sh
# What an analyst decides about the commitments that were read in these articles; README.md says why each is needed.
#
#   decisions.sh DOSSIER [COMMAND]      COMMAND is `materiel` where none is given
set -eu
dossier=$1
materiel=${2:-materiel}

decide() {
  "$materiel" commit "$dossier" "$@" --author "The example's author" --on 2024-12-20
}

# Seoul, 23 June: the reader found the condition, and kept "no line left" in words.
decide --correct cm-a7c49daf --then "transfer(KOR -> UKR, arms, delivered)" \
  --reason "The line that Chang speaks of is the ban on arms for Ukraine."
# The rewrite of 25 June says the same, with the recipient left out.
decide --merge cm-a3fe8563 --into cm-a7c49daf \
  --reason "BuzzHarbor rewrites the Inwang Review: it is the same line."
# Moscow, 20 June in Hanoi: the reader does not see this warning, whose consequence is only hinted at.
decide --debtor RUS --when "transfer(KOR -> UKR, arms, delivered)" --then "transfer(RUS -> PRK, technology, delivered)" \
  --force threat --source tr-ad27ed9c --day 2024-06-20 \
  --reason "Putin in Hanoi: arms for Ukraine would bring decisions that Seoul would not enjoy; officials there expect technology for the North."
# Misread: Putin's words about the pact, not a promise of Seoul's.
decide --reject cm-3d123ad1 --reason "The sentence says when the pact binds; Seoul commits itself to nothing in it."
# The pact's clause: one event for each party, and the restatement of November is no second promise.
decide --correct cm-6eca21a7 --when 'event("armed attack on North Korea")' --force promise \
  --reason "Article 4, Russia's side: North Korea is invaded and in a state of war."
decide --correct cm-44ed4814 --when 'event("armed attack on Russia")' --force promise \
  --reason "Article 4, North Korea's side: Russia is invaded and in a state of war."
decide --merge cm-3182decb --into cm-6eca21a7 --reason "The same clause, restated on 29 November."
decide --merge cm-f343e5ce --into cm-44ed4814 --reason "The same clause, restated on 29 November."
