/** A published checkpoint comes in, alone or beside a run; black holes and near rows of its matrices go out. */
package org.lilgatsby.census;
