/** Values found in a response: kinds, texts, numbers with one spelling, changes, predicates. */
package io.lockstep.engine.content.value;
