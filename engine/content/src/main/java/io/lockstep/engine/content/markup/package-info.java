/** HTML and XML bodies: CSS selectors by jsoup, XPath by the JDK. jsoup stays here. */
package io.lockstep.engine.content.markup;
