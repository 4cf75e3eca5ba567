/** What a sweep found and its runs come in; one page that shows both goes out. */
package org.lilgatsby.sweep.page;
