#include <curl/curl.h>
#include <stddef.h>

/* curl_easy_setopt and curl_easy_getinfo take whatever follows; Swift needs one function for each type. */

typedef size_t (*onewindow_curl_bytes)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode onewindow_curl_text(CURL *curl, CURLoption option, const char *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode onewindow_curl_number(CURL *curl, CURLoption option, long value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode onewindow_curl_size(CURL *curl, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode onewindow_curl_pointer(CURL *curl, CURLoption option, void *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode onewindow_curl_list(CURL *curl, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode onewindow_curl_callback(CURL *curl, CURLoption option, onewindow_curl_bytes value) {
    return curl_easy_setopt(curl, option, value);
}

static inline long onewindow_curl_status(CURL *curl) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}
