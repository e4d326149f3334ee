import CQpdf
import Foundation

/// A PDF as qpdf reads it: its objects, found by its own tables and never by guessing. Used by one thread.
final class QPDFReading {
    /// LIMIT: fields of a form, and how deep they stand in one another.
    static let fieldsMax = 1_000
    static let depthMax = 16
    /// LIMIT: bytes of a text.
    private static let textBytesMax = 4_096

    private var data: qpdf_data?
    private let bytes: [UInt8]

    /// Opens the file; nil when its tables cannot be read as they stand. Nothing is repaired: what was repaired is
    /// another file.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        data = qpdf_init()
        qpdf_silence_errors(data)
        qpdf_set_suppress_warnings(data, QPDF_BOOL(QPDF_TRUE))
        qpdf_set_attempt_recovery(data, QPDF_BOOL(QPDF_FALSE))
        let result = self.bytes.withUnsafeBytes { buffer in
            qpdf_read_memory(data, "memory", buffer.bindMemory(to: CChar.self).baseAddress, UInt64(buffer.count), nil)
        }
        // The error itself is taken up where the reading ends.
        guard result & QPDF_ERROR_CODE(QPDF_ERRORS) == 0 else { return nil }
    }

    deinit {
        // An error that nobody asks for is printed.
        if qpdf_has_error(data) != 0 { _ = qpdf_get_error(data) }
        qpdf_cleanup(&data)
    }

    var isEncrypted: Bool { qpdf_is_encrypted(data) != 0 }

    /// An object of the file. Valid as long as the reading is.
    struct Object {
        fileprivate let handle: qpdf_oh
        fileprivate let reading: QPDFReading

        private var data: qpdf_data? { reading.data }

        /// The entry of a dictionary; nil when it has none or is none.
        subscript(key: String) -> Object? {
            guard qpdf_oh_is_dictionary(data, handle) != 0, qpdf_oh_has_key(data, handle, key) != 0 else { return nil }
            return Object(handle: qpdf_oh_get_key(data, handle, key), reading: reading)
        }

        /// The members of an array; empty for anything else.
        var members: [Object] {
            guard qpdf_oh_is_array(data, handle) != 0 else { return [] }
            let count = min(Int(qpdf_oh_get_array_n_items(data, handle)), QPDFReading.fieldsMax + 1)
            return (0..<count).map {
                Object(handle: qpdf_oh_get_array_item(data, handle, Int32($0)), reading: reading)
            }
        }

        var isDictionary: Bool { qpdf_oh_is_dictionary(data, handle) != 0 }

        /// The name without its slash; nil for anything else.
        var name: String? {
            guard qpdf_oh_is_name(data, handle) != 0, let text = qpdf_oh_get_name(data, handle) else { return nil }
            return String(String(cString: text).dropFirst())
        }

        var integer: Int? {
            guard qpdf_oh_is_integer(data, handle) != 0 else { return nil }
            return Int(exactly: qpdf_oh_get_int_value(data, handle))
        }

        /// The bytes of a stream that is not packed; nil for anything else: what unpacks may unpack to anything.
        var plainStream: [UInt8]? {
            guard qpdf_oh_is_stream(data, handle) != 0 else { return nil }
            let entries = Object(handle: qpdf_oh_get_dict(data, handle), reading: reading)
            guard entries["/Filter"] == nil else { return nil }
            var (start, length): (UnsafeMutablePointer<UInt8>?, Int) = (nil, 0)
            let result = qpdf_oh_get_stream_data(data, handle, qpdf_dl_none, nil, &start, &length)
            defer { free(start) }
            guard result & QPDF_ERROR_CODE(QPDF_ERRORS) == 0, let start else { return nil }
            return Array(UnsafeBufferPointer(start: start, count: length))
        }

        /// The bytes of a string; nil for anything else.
        var string: [UInt8]? {
            guard qpdf_oh_is_string(data, handle) != 0 else { return nil }
            var length = 0
            guard let start = qpdf_oh_get_binary_string_value(data, handle, &length) else { return nil }
            return Array(UnsafeRawBufferPointer(start: start, count: length))
        }

        /// A text in UTF-8, cut at the limit; nil for anything else.
        var text: String? {
            guard qpdf_oh_is_string(data, handle) != 0, let start = qpdf_oh_get_utf8_value(data, handle) else {
                return nil
            }
            return String(decoding: String(cString: start).utf8.prefix(QPDFReading.textBytesMax), as: UTF8.self)
        }
    }

    /// The catalogue.
    var root: Object { Object(handle: qpdf_get_root(data), reading: self) }

    /// A file that lies in this one under a name; nil when there is none, or it is packed.
    func attachment(_ name: String) -> [UInt8]? {
        let names = root["/Names"]?["/EmbeddedFiles"]?["/Names"]?.members ?? []
        for index in stride(from: 0, to: names.count - 1, by: 2) where names[index].text == name {
            return names[index + 1]["/EF"]?["/F"]?.plainStream
        }
        return nil
    }

    /// The fields of the form that are signatures and signed, in its order; nil when there are too many fields or they
    /// stand too deep in one another.
    func signedFields() -> [(name: String, value: Object)]? {
        var signed: [(name: String, value: Object)] = []
        var seen = 0
        func walk(_ field: Object, _ type: String?, _ path: String, depth: Int) -> Bool {
            seen += 1
            guard seen <= Self.fieldsMax, depth <= Self.depthMax else { return false }
            let type = field["/FT"]?.name ?? type
            let own = field["/T"]?.text ?? ""
            let path = path.isEmpty ? own : own.isEmpty ? path : "\(path).\(own)"
            if type == "Sig", let value = field["/V"], value.isDictionary { signed.append((path, value)) }
            return (field["/Kids"]?.members ?? []).allSatisfy { walk($0, type, path, depth: depth + 1) }
        }
        let fields = root["/AcroForm"]?["/Fields"]?.members ?? []
        guard fields.allSatisfy({ walk($0, nil, "", depth: 0) }) else { return nil }
        return signed
    }
}
