/** Stored results come in; text, JSON and HTML go out. */
package org.lilgatsby.report;
