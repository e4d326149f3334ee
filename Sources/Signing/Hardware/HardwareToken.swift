import CPKCS11
import Foundation
import Synchronization
import Vocabulary

/// A token (smart card, HSM) behind a PKCS#11 module, logged in. The keys never leave it.
///
/// One session, used by one thread at a time: a call waits for the one before. Loading a module runs its code in this
/// process with all its rights: the path comes from the operator and from nowhere else.
// SAFETY: the function list is constant once it was loaded, the module is never unloaded, and the session is used under
// the mutex only.
package final class HardwareToken: @unchecked Sendable {
    /// LIMIT: slots that are looked at.
    private static let slotsMax = 64
    /// LIMIT: algorithms that a token may name.
    private static let mechanismsMax = 1024

    private enum Number {
        static let ok: p11_number = 0
        static let alreadyInitialised: p11_number = 0x191
        static let alreadyLoggedIn: p11_number = 0x100
        static let pins: Set<p11_number> = [0xA0, 0xA1, 0xA2, 0xA3, 0xA4]
        static let osLocking: p11_number = 2
        static let serialSession: p11_number = 4
        static let user: p11_number = 1
        static let (objectClass, label, parameters, point): (p11_number, p11_number, p11_number, p11_number) =
            (0, 3, 0x180, 0x181)
        static let (publicKey, privateKey): (p11_number, p11_number) = (2, 3)
        static let ecdsa: p11_number = 0x1041
    }

    private let functions: UnsafePointer<p11_functions>
    private let mechanisms: Set<p11_number>
    private let session: Mutex<p11_number>

    /// Loads the module and logs in to the token of this label.
    package init(module path: String, label: String, pin: String) throws {
        functions = try Self.load(path)
        let slot = try Self.slot(of: label, functions)
        mechanisms = try Self.mechanisms(of: slot, functions)
        var opened: p11_number = 0
        try Self.check(
            functions.pointee.open_session(slot, Number.serialSession, nil, nil, &opened), "C_OpenSession")
        let digits = Array(pin.utf8)
        let result = functions.pointee.login(opened, Number.user, digits, p11_number(digits.count))
        guard result == Number.ok || result == Number.alreadyLoggedIn else {
            _ = functions.pointee.close_session(opened)
            guard Number.pins.contains(result) else { throw Self.fault("C_Login", result) }
            throw HardwareRefusal.wrongPIN
        }
        session = Mutex(opened)
    }

    deinit {
        _ = session.withLock { functions.pointee.close_session($0) }
    }

    /// Whether the token signs by this algorithm. SM2 has no number in PKCS#11.
    func signs(by algorithm: SignatureAlgorithm) -> Bool {
        algorithm == .es256 && mechanisms.contains(Number.ecdsa)
    }

    /// The private key's handle and the point of the key pair of this label.
    func key(_ label: String) throws -> (handle: p11_number, point: [UInt8]) {
        try session.withLock { session in
            guard let own = try find(Number.privateKey, label, session),
                let other = try find(Number.publicKey, label, session),
                try attribute(Number.parameters, of: other, session).elementsEqual(P256PublicKey.prefix[13..<23])
            else { throw HardwareRefusal.missingKey }
            // An OCTET STRING in DER by the standard; some modules give the point itself.
            let point = try attribute(Number.point, of: other, session)
            return (own, point.count == 67 && point.starts(with: [0x04, 0x41]) ? Array(point.dropFirst(2)) : point)
        }
    }

    /// ECDSA over a digest of 32 bytes: r and s.
    func sign(_ digest: [UInt8], with key: p11_number) throws -> [UInt8] {
        try session.withLock { session in
            var mechanism = p11_mechanism(type: Number.ecdsa, parameter: nil, length: 0)
            try Self.check(functions.pointee.sign_init(session, &mechanism, key), "C_SignInit")
            var signature = [UInt8](repeating: 0, count: 64)
            var count = p11_number(signature.count)
            try Self.check(
                functions.pointee.sign(session, digest, p11_number(digest.count), &signature, &count), "C_Sign")
            guard count == 64 else { throw Fault.unavailable("PKCS#11: a signature of \(count) bytes") }
            return signature
        }
    }

    private func find(_ kind: p11_number, _ label: String, _ session: p11_number) throws -> p11_number? {
        var (kind, name) = (kind, Array(label.utf8))
        var (object, count): (p11_number, p11_number) = (0, 0)
        try withUnsafeMutableBytes(of: &kind) { kindBytes in
            try name.withUnsafeMutableBytes { nameBytes in
                var template = [
                    p11_attribute(
                        type: Number.objectClass, value: kindBytes.baseAddress, length: p11_number(kindBytes.count)),
                    p11_attribute(
                        type: Number.label, value: nameBytes.baseAddress, length: p11_number(nameBytes.count)),
                ]
                try Self.check(functions.pointee.find_objects_init(session, &template, 2), "C_FindObjectsInit")
            }
        }
        let result = functions.pointee.find_objects(session, &object, 1, &count)
        _ = functions.pointee.find_objects_final(session)
        try Self.check(result, "C_FindObjects")
        return count == 1 ? object : nil
    }

    private func attribute(_ type: p11_number, of object: p11_number, _ session: p11_number) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = try bytes.withUnsafeMutableBytes { buffer in
            var wanted = p11_attribute(type: type, value: buffer.baseAddress, length: p11_number(buffer.count))
            try Self.check(functions.pointee.get_attribute_value(session, object, &wanted, 1), "C_GetAttributeValue")
            return Int(clamping: wanted.length)
        }
        guard count <= bytes.count else { throw HardwareRefusal.missingKey }
        return Array(bytes.prefix(count))
    }

    private static func load(_ path: String) throws -> UnsafePointer<p11_functions> {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(handle, "C_GetFunctionList") else {
            throw HardwareRefusal.noModule
        }
        let get = unsafeBitCast(symbol, to: p11_get_functions.self)
        var list: UnsafeMutablePointer<p11_functions>?
        try check(get(&list), "C_GetFunctionList")
        guard let list, list.pointee.version.major == 2 || list.pointee.version.major == 3 else {
            throw HardwareRefusal.noModule
        }
        var arguments = p11_initialize_args()
        arguments.flags = Number.osLocking
        let result = list.pointee.initialize(&arguments)
        if result != Number.alreadyInitialised { try check(result, "C_Initialize") }
        return UnsafePointer(list)
    }

    private static func slot(of label: String, _ functions: UnsafePointer<p11_functions>) throws -> p11_number {
        var slots = [p11_number](repeating: 0, count: slotsMax)
        var count = p11_number(slotsMax)
        try check(functions.pointee.get_slot_list(1, &slots, &count), "C_GetSlotList")
        for slot in slots.prefix(Int(count)) {
            var info = p11_token_info()
            try check(functions.pointee.get_token_info(slot, &info), "C_GetTokenInfo")
            let name = withUnsafeBytes(of: info.label) { bytes in
                String(decoding: bytes.reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self)
            }
            if name == label { return slot }
        }
        throw HardwareRefusal.missingToken
    }

    private static func mechanisms(
        of slot: p11_number, _ functions: UnsafePointer<p11_functions>
    ) throws -> Set<p11_number> {
        var list = [p11_number](repeating: 0, count: mechanismsMax)
        var count = p11_number(mechanismsMax)
        try check(functions.pointee.get_mechanism_list(slot, &list, &count), "C_GetMechanismList")
        return Set(list.prefix(Int(count)))
    }

    private static func check(_ result: p11_number, _ call: StaticString) throws {
        guard result == Number.ok else { throw fault(call, result) }
    }

    private static func fault(_ call: StaticString, _ result: p11_number) -> Fault {
        .unavailable("PKCS#11: \(call) 0x\(String(result, radix: 16))")
    }
}
