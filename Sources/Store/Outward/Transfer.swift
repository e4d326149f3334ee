import CCurl

/// One exchange with a server, by libcurl: the only place that knows it. It blocks; `Workers` run it.
package struct Transfer {
    /// LIMIT: seconds for a connection.
    private static let connectSeconds = 5
    /// LIMIT: seconds for the whole exchange. Asking and sending stay within an effect's lease.
    package static let wholeSeconds = 15
    /// LIMIT: bytes of an answer.
    private static let answerBytesMax = 64 * 1024

    /// What came back.
    package struct Answer: Sendable {
        package let status: Int
        package let body: [UInt8]
    }

    /// What went wrong, with the last status that the server said; 0 for none.
    package struct Failed: Error {
        /// Where an exchange broke off.
        package enum Kind: Sendable {
            /// Nobody was there: nothing was said.
            case unsaid
            /// Something was said, and no answer came back.
            case unanswered
            /// The answer was none of the protocol's.
            case garbled
            /// The server does not know the name or the password.
            case denied
        }

        package let kind: Kind
        package let status: Int
        /// Whether everything was handed over before.
        package let wasHandedOver: Bool

        /// A failure, as a test makes one too.
        package init(_ kind: Kind, status: Int = 0, wasHandedOver: Bool) {
            (self.kind, self.status, self.wasHandedOver) = (kind, status, wasHandedOver)
        }

        fileprivate init(_ code: CURLcode, status: Int, wasHandedOver: Bool) {
            let kind: Kind =
                switch code {
                // Refused connections and names that nobody has came before anything was said.
                case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_FAILED_INIT: .unsaid
                case CURLE_WEIRD_SERVER_REPLY: .garbled
                case CURLE_LOGIN_DENIED: .denied
                default: .unanswered
                }
            self.init(kind, status: status, wasHandedOver: wasHandedOver)
        }
    }

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    /// Bytes on their way out and in, for the time of one exchange.
    private final class Carrier {
        let outgoing: [UInt8]
        var offset = 0
        var incoming: [UInt8] = []
        var isTooLong = false

        init(_ outgoing: [UInt8]) {
            self.outgoing = outgoing
        }
    }

    /// Asks by HTTP; follows nobody elsewhere. `seconds` is for the whole exchange where somebody waits for it.
    package static func http(
        _ method: String, _ url: String, headers: [String], body: [UInt8] = [], seconds: Int = wholeSeconds
    ) throws(Failed) -> Answer {
        try perform(body, protocols: "http,https", url: url, lists: [(CURLOPT_HTTPHEADER, headers)]) { curl in
            _ = onewindow_curl_text(curl, CURLOPT_CUSTOMREQUEST, method)
            _ = onewindow_curl_number(curl, CURLOPT_TIMEOUT, min(seconds, wholeSeconds))
            guard !body.isEmpty else { return }
            _ = onewindow_curl_size(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            _ = onewindow_curl_number(curl, CURLOPT_POST, 1)
        }
    }

    /// Hands a whole message over by SMTP. `login` is nil for a server that asks for none.
    package static func mail(
        _ message: [UInt8], from: String, to: String, by url: String, login: (user: String, password: String)?,
        needsTLS: Bool
    ) throws(Failed) -> Answer {
        try perform(message, protocols: "smtp,smtps", url: url, lists: [(CURLOPT_MAIL_RCPT, ["<\(to)>"])]) { curl in
            _ = onewindow_curl_text(curl, CURLOPT_MAIL_FROM, "<\(from)>")
            _ = onewindow_curl_number(curl, CURLOPT_UPLOAD, 1)
            let tls = needsTLS ? CURLUSESSL_ALL : CURLUSESSL_TRY
            _ = onewindow_curl_number(curl, CURLOPT_USE_SSL, Int(tls.rawValue))
            guard let login else { return }
            _ = onewindow_curl_text(curl, CURLOPT_USERNAME, login.user)
            _ = onewindow_curl_text(curl, CURLOPT_PASSWORD, login.password)
        }
    }

    private static func perform(
        _ outgoing: [UInt8], protocols: String, url: String, lists: [(CURLoption, [String])],
        _ prepare: (UnsafeMutableRawPointer) -> Void
    ) throws(Failed) -> Answer {
        guard isReady, let curl = curl_easy_init() else {
            throw Failed(CURLE_FAILED_INIT, status: 0, wasHandedOver: false)
        }
        defer { curl_easy_cleanup(curl) }
        let carrier = Carrier(outgoing)
        _ = onewindow_curl_text(curl, CURLOPT_URL, url)
        _ = onewindow_curl_text(curl, CURLOPT_PROTOCOLS_STR, protocols)
        // The environment has no say in where messages go.
        _ = onewindow_curl_text(curl, CURLOPT_PROXY, "")
        _ = onewindow_curl_number(curl, CURLOPT_NOSIGNAL, 1)
        _ = onewindow_curl_number(curl, CURLOPT_CONNECTTIMEOUT, connectSeconds)
        _ = onewindow_curl_number(curl, CURLOPT_TIMEOUT, wholeSeconds)
        let context = Unmanaged.passUnretained(carrier).toOpaque()
        _ = onewindow_curl_callback(curl, CURLOPT_READFUNCTION, read)
        _ = onewindow_curl_pointer(curl, CURLOPT_READDATA, context)
        _ = onewindow_curl_callback(curl, CURLOPT_WRITEFUNCTION, write)
        _ = onewindow_curl_pointer(curl, CURLOPT_WRITEDATA, context)
        prepare(curl)
        var made: [UnsafeMutablePointer<curl_slist>?] = []
        for (option, lines) in lists {
            let list = lines.reduce(nil as UnsafeMutablePointer<curl_slist>?) { curl_slist_append($0, $1) }
            _ = onewindow_curl_list(curl, option, list)
            made.append(list)
        }
        let code = withExtendedLifetime(carrier) { curl_easy_perform(curl) }
        for list in made { curl_slist_free_all(list) }
        let status = onewindow_curl_status(curl)
        guard code == CURLE_OK else {
            throw Failed(code, status: status, wasHandedOver: carrier.offset == outgoing.count)
        }
        return Answer(status: status, body: carrier.incoming)
    }

    private static let read: onewindow_curl_bytes = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let carrier = Unmanaged<Carrier>.fromOpaque(context).takeUnretainedValue()
        let part = min(size * count, carrier.outgoing.count - carrier.offset)
        carrier.outgoing.withUnsafeBytes { all in
            UnsafeMutableRawBufferPointer(start: bytes, count: part)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: all[carrier.offset..<carrier.offset + part]))
        }
        carrier.offset += part
        return part
    }

    private static let write: onewindow_curl_bytes = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let carrier = Unmanaged<Carrier>.fromOpaque(context).takeUnretainedValue()
        // Less than what was offered makes the exchange fail.
        guard carrier.incoming.count + size * count <= answerBytesMax else { return 0 }
        carrier.incoming += UnsafeRawBufferPointer(start: bytes, count: size * count)
        return size * count
    }
}
