/** The tables of a sweep come in; Parquet and answers to SQL go out. */
package org.lilgatsby.tables;
