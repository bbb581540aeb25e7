/**
 * Reads YAML and JSON text into the located tree. The only place that knows Jackson and SnakeYAML.
 */
package io.lockstep.scenario.yaml;
