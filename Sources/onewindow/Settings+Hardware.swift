import Foundation
import Signing
import Vocabulary

extension Settings {
    /// Keys in hardware, as the environment names them.
    struct Hardware {
        let module: String
        let token: String
        let pin: String
        let roles: Set<KeyRole>
    }

    /// `ONEWINDOW_PKCS11_MODULE`: the path of a PKCS#11 module; without it all keys are the ring's.
    /// `ONEWINDOW_PKCS11_TOKEN`: the token's label. `ONEWINDOW_PKCS11_PIN_FILE`: a file whose first line is its PIN.
    /// `ONEWINDOW_PKCS11_ROLES`: the roles whose keys lie there, with commas, as in `p256-authority`.
    ///
    /// Refuses what cannot work as `Fault.misconfigured`, without repeating the PIN.
    static func hardware() throws -> Hardware? {
        guard let module = value("ONEWINDOW_PKCS11_MODULE") else { return nil }
        let names = (value("ONEWINDOW_PKCS11_ROLES") ?? "").split(separator: ",").map(String.init)
        let roles = names.compactMap(KeyRole.init(_:))
        guard let token = value("ONEWINDOW_PKCS11_TOKEN"), let file = value("ONEWINDOW_PKCS11_PIN_FILE"),
            !roles.isEmpty, roles.count == names.count
        else {
            throw Fault.misconfigured(
                "ONEWINDOW_PKCS11_MODULE goes with ONEWINDOW_PKCS11_TOKEN, ONEWINDOW_PKCS11_PIN_FILE and "
                    + "ONEWINDOW_PKCS11_ROLES (roles such as p256-authority, with commas)")
        }
        guard let bytes = FileManager.default.contents(atPath: file),
            let pin = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first
        else { throw Fault.misconfigured("ONEWINDOW_PKCS11_PIN_FILE cannot be read or is empty") }
        return Hardware(module: module, token: token, pin: String(pin), roles: Set(roles))
    }
}
