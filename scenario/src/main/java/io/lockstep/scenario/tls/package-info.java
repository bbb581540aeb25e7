/**
 * Certificates and keys that a scenario names: reads them, and says what is wrong with them. Keeps
 * no private key: what is read is the caller's.
 */
package io.lockstep.scenario.tls;
