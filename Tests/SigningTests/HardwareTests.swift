import Foundation
import Signing
import Testing
import Vocabulary

/// Debian's softhsm2: a token in software behind the same interface as hardware.
enum SoftToken {
    static let module = "/usr/lib/softhsm/libsofthsm2.so"
    static let (label, pin) = ("onewindow", "271828")

    /// A token with a pair on P-256 of each label, and one on P-384; made once, because a module reads its settings once
    /// in a process.
    static let ready: Result<TemporaryFolder, any Error> = Result {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("tokens"), withIntermediateDirectories: false)
        try folder.write("directories.tokendir = \(folder.file("tokens"))\nlog.level = ERROR\n", to: "softhsm2.conf")
        setenv("SOFTHSM2_CONF", folder.file("softhsm2.conf"), 1)
        try run("softhsm2-util", ["--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "314159"])
        for (number, key) in [("p256-authority", "P-256"), ("large", "P-384")].enumerated() {
            let file = folder.file("\(key.0).pem")
            try run(
                "openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:\(key.1)", "-out", file])
            try run(
                "softhsm2-util",
                ["--import", file, "--token", label, "--pin", pin, "--label", key.0, "--id", "0\(number + 1)"])
        }
        return folder
    }

    static func token() throws -> HardwareToken {
        _ = try ready.get()
        return try HardwareToken(module: module, label: label, pin: pin)
    }

    private static func run(_ command: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [command] + arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Fault.unavailable("\(command) \(arguments)") }
    }
}

@Suite("Keys in hardware", .serialized)
struct HardwareTests {
    @Test func `a key in the token signs, and its signatures verify as any other's`() throws {
        let folder = try SoftToken.ready.get()
        let signer = try HardwareSigner(try SoftToken.token(), label: "p256-authority", algorithm: .es256)
        let message = Array("只在智能密码钥匙里".utf8)
        let signature = try signer.sign(message)
        #expect(signature.count == 64 && signer.publicKey.verifies(signature, of: message))
        #expect(!signer.publicKey.verifies(signature, of: message + [0]))
        try folder.write(signer.publicKey.pem, to: "public.pem")
        try folder.write(message, to: "message")
        try folder.write(try signer.signDER(message), to: "signature")
        let run = try openssl(
            ["dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message"], in: folder)
        #expect(run.status == 0, "\(run.output)")
    }

    @Test func `an authority in hardware gives out certificates, and what they sign is trusted`() throws {
        let signer = try HardwareSigner(try SoftToken.token(), label: "p256-authority", algorithm: .es256)
        let root = try X509Certificate.selfSigned(
            try Chain.order(.authority, "硬件", .p256(signer.publicKey)), by: signer)
        let (key, own) = try Chain.key(.es256)
        let certificate = try X509Certificate.signed(
            try Chain.order(.signing, "机构", key, days: 0..<10), by: signer, of: root)
        #expect(try TrustedAuthorities([root]).verdict(on: certificate, at: Chain.start, among: []) == .trusted)
        let cms = try CMS(
            der: try CMS.signed(
                digest: [UInt8](repeating: 1, count: 32), by: own, certificates: [certificate, root]))
        #expect(try cms.verdict() == .valid)
        let token = try COSEToken.signed(payload: [1: .integer(1)], by: signer)
        #expect(try token.verifies(with: .p256(signer.publicKey)))
    }

    @Test func `a wrong PIN is refused, and the right one is taken after it`() throws {
        _ = try SoftToken.ready.get()
        #expect(throws: HardwareRefusal.wrongPIN) {
            try HardwareToken(module: SoftToken.module, label: SoftToken.label, pin: "000000")
        }
        #expect(throws: Never.self) { try SoftToken.token() }
    }

    @Test func `many threads sign with one token`() async throws {
        let signer = try HardwareSigner(try SoftToken.token(), label: "p256-authority", algorithm: .es256)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in UInt8(0)..<40 {
                group.addTask { signer.publicKey.verifies(try signer.sign([number]), of: [number]) }
            }
            for try await isValid in group { #expect(isValid) }
        }
    }

    @Test func `what the hardware has not is refused by name`() throws {
        let token = try SoftToken.token()
        #expect(throws: HardwareRefusal.lacksAlgorithm) {
            try HardwareSigner(token, label: "p256-authority", algorithm: .sm2)
        }
        #expect(throws: HardwareRefusal.lacksAlgorithm) {
            try HardwareSigner(token, label: "p256-authority", algorithm: .ed25519)
        }
        for label in ["nobody", "large", ""] {
            #expect(throws: HardwareRefusal.missingKey) { try HardwareSigner(token, label: label, algorithm: .es256) }
        }
        #expect(throws: HardwareRefusal.missingToken) {
            try HardwareToken(module: SoftToken.module, label: "other", pin: SoftToken.pin)
        }
        for path in ["/nowhere.so", "/usr/lib/x86_64-linux-gnu/libcrypto.so.3"] {
            #expect(throws: HardwareRefusal.noModule) {
                try HardwareToken(module: path, label: SoftToken.label, pin: SoftToken.pin)
            }
        }
    }
}
