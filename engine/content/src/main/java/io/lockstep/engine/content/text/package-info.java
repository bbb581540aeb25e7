/** Bodies as text: regular expressions by RE2/J, which stays here, and boundaries. */
package io.lockstep.engine.content.text;
