/** Values that somebody set come in; the same, checked, or an error that names key, value and range go out. */
package org.lilgatsby.settings;
