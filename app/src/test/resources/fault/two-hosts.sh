#!/bin/sh
# Two hosts in one machine: network namespaces joined by a pair of virtual interfaces, 10.77.0.1 here and 10.77.0.2 there.
# Breaks the network between them as asked, runs one command there, waits until it listens on port 8080, and runs the other one here.
# Nothing of it is left when this process ends.
#
# usage: unshare -n sh two-hosts.sh netem|lossy|vanishing FILE_WITH_THE_COMMAND_THERE FILE_WITH_THE_COMMAND_HERE
# exit code 77: this machine does not allow it; the last line of the output says why
set -u

skip() {
  echo "not on this machine: $1"
  exit 77
}

for tool in ip unshare nsenter; do
  command -v "$tool" > /dev/null || skip "there is no $tool"
done

target=
unshare -n sleep 60 &
there=$!
trap 'kill $there $target 2> /dev/null' EXIT

tries=0
while [ "$(readlink /proc/$there/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do
  tries=$((tries + 1))
  [ $tries -gt 100 ] && skip "no second network namespace"
  sleep 0.05
done

ip link set lo up || skip "no network namespace of its own"
ip link add near type veth peer name far || skip "no virtual interfaces"
ip link set far netns "$there" || skip "no interface can be moved"
ip addr add 10.77.0.1/24 dev near && ip link set near up || skip "no addresses"
nsenter -t "$there" -n sh -c 'ip link set lo up && ip addr add 10.77.0.2/24 dev far && ip link set far up' ||
  skip "no addresses there"

case $1 in
  netem)
    command -v tc > /dev/null || skip "there is no tc"
    words=$(tc qdisc add dev near root netem delay 20ms loss 1% 2>&1) || skip "tc netem: $words"
    ;;
  lossy) # in both directions, without help from the scheduler of packets
    for chain in INPUT OUTPUT; do
      words=$(iptables -A $chain -p tcp -s 10.77.0.0/24 -m statistic --mode random --probability 0.01 -j DROP 2>&1) ||
        skip "iptables: $words"
    done
    ;;
  vanishing) # after so many bytes there is nobody left, and nobody to say so
    words=$(iptables -A INPUT -p tcp -s 10.77.0.2 -m quota --quota 60000 -j ACCEPT 2>&1) || skip "iptables: $words"
    words=$(iptables -A INPUT -p tcp -s 10.77.0.2 -j DROP 2>&1) || skip "iptables: $words"
    ;;
esac

nsenter -t "$there" -n sh "$2" > /dev/null &
target=$!
tries=0
until cat /proc/$there/net/tcp /proc/$there/net/tcp6 2> /dev/null | grep -q ':1F90 .* 0A '; do
  tries=$((tries + 1))
  [ $tries -gt 300 ] && { echo "the target does not listen"; exit 1; }
  sleep 0.1
done

sh "$3"
