import Foundation
import Signing
import Testing
import Vocabulary

/// The openssl command reads our certificates and verifies them, and we read and verify its own.
@Suite("The openssl command and certificates")
struct OpenSSLCertificateTests {
    private static let id = "distid:1234567812345678"

    @Test(arguments: [SignatureAlgorithm.sm2, .es256])
    func `it verifies the chain that we made, and only under the id`(algorithm: SignatureAlgorithm) throws {
        let folder = try TemporaryFolder()
        let chain = try Chain(algorithm)
        try folder.write(chain.root.pem, to: "ca.pem")
        try folder.write(chain.certificate.pem, to: "maker.pem")
        let time = "\(Chain.start.milliseconds / 1000 + 60)"
        let check = ["verify", "-x509_strict", "-attime", time, "-CAfile", "ca.pem"]
        let id = algorithm == .sm2 ? ["-vfyopt", Self.id] : []
        let right = try openssl(check + id + ["maker.pem"], in: folder)
        #expect(right.status == 0 && right.output.contains("maker.pem: OK"), "\(right.output)")
        let late = "\(Chain.start.advanced(bySeconds: 731 * Chain.day).milliseconds / 1000)"
        let expired = try openssl(
            ["verify", "-attime", late, "-CAfile", "ca.pem"] + id + ["maker.pem"], in: folder)
        #expect(expired.status != 0 && expired.output.contains("expired"), "\(expired.output)")
        if algorithm == .sm2 {
            let without = try openssl(check + ["maker.pem"], in: folder)
            #expect(without.status != 0, "without an id the command takes the empty one")
        } else {
            // For SM2 the command cannot: it gives no id to certificates that it trusts.
            let own = try openssl(
                ["verify", "-check_ss_sig", "-attime", time, "-CAfile", "ca.pem", "ca.pem"], in: folder)
            #expect(own.status == 0, "the root signed itself: \(own.output)")
        }
    }

    @Test func `it reads the fields as we wrote them`() throws {
        let folder = try TemporaryFolder()
        let chain = try Chain(.sm2)
        try folder.write(chain.root.pem, to: "ca.pem")
        try folder.write(chain.certificate.pem, to: "maker.pem")
        let options = ["-noout", "-text", "-nameopt", "utf8,sep_comma_plus_space"]
        let root = try openssl(["x509", "-in", "ca.pem"] + options, in: folder).output
        for text in [
            "Version: 3 (0x2)", "CA:TRUE, pathlen:0", "Certificate Sign, CRL Sign", "Signature Algorithm: SM2-with-SM3",
            "CN=一窗印章机构（演示）", "X509v3 Subject Key Identifier",
        ] {
            #expect(root.contains(text), "\(text) in \(root)")
        }
        let leaf = try openssl(["x509", "-in", "maker.pem"] + options, in: folder).output
        for text in [
            "CA:FALSE", "Digital Signature, Non Repudiation", "X509v3 Authority Key Identifier",
            "O=福州市市场监督管理局, CN=电子签章",
        ] {
            #expect(leaf.contains(text), "\(text) in \(leaf)")
        }
        #expect(!leaf.contains("Encipherment"))
        let serial = try openssl(["x509", "-in", "maker.pem", "-noout", "-serial"], in: folder).output
        #expect(serial.lowercased().contains("serial=\(chain.certificate.serialNumber)"))
    }

    @Test func `we read and verify the chain that it made, from requests of its own`() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            [req]
            distinguished_name = dn
            string_mask = utf8only
            [dn]
            [ca]
            basicConstraints = critical,CA:TRUE,pathlen:0
            keyUsage = critical,keyCertSign,cRLSign
            subjectKeyIdentifier = hash
            [ee]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature,nonRepudiation
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid

            """, to: "x.cnf")
        let (sign, verify) = (["-sm3", "-sigopt", Self.id], ["-vfyopt", Self.id])
        let key = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out"]
        for step in [
            key + ["ca.key"], key + ["maker.key"],
            ["req", "-new", "-x509", "-key", "ca.key", "-days", "3650", "-subj", "/C=CN/O=机构/CN=根", "-utf8"]
                + ["-config", "x.cnf", "-extensions", "ca", "-out", "ca.pem"] + sign,
            ["req", "-new", "-key", "maker.key", "-subj", "/C=CN/O=制章/CN=制章人", "-utf8", "-config", "x.cnf"]
                + ["-out", "maker.csr"] + sign,
            [
                "x509", "-req", "-in", "maker.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days",
                "730",
            ]
                + ["-extfile", "x.cnf", "-extensions", "ee", "-out", "maker.pem"] + sign + verify,
        ] {
            let run = try openssl(step, in: folder)
            #expect(run.status == 0, "\(step): \(run.output)")
        }
        let root = try X509Certificate(pem: try folder.text(of: "ca.pem"))
        let maker = try X509Certificate(pem: try folder.text(of: "maker.pem"))
        #expect(maker.subject == "C=CN, O=制章, CN=制章人" && root.isAuthority && maker.maySign)
        let instant = maker.validFrom.advanced(bySeconds: 1)
        #expect(try TrustedAuthorities([root]).verdict(on: maker, at: instant, among: []) == .trusted)
        let own = try SM2PrivateKey(pkcs8PEM: try folder.text(of: "maker.key"))
        #expect(maker.key == .sm2(own.publicKey))
    }
}
