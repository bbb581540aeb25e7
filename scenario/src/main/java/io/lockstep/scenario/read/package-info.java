/**
 * A small declarative reader: types of values, and objects as lists of keys with name, type,
 * default and description. A type reads a node or says what is wrong with it; the declarations
 * alone tell the whole language, so a schema or a reference can be derived from them.
 */
package io.lockstep.scenario.read;
