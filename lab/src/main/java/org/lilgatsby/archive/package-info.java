/**
 * A run's directory comes in; its recording and facts, its verification, its seal, its differences from another go out.
 */
package org.lilgatsby.archive;
