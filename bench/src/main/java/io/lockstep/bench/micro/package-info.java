/** JMH benches of the single parts that the tick path is made of. */
package io.lockstep.bench.micro;
