import Signing
import Testing
import Vocabulary

@Suite("Trusted authorities")
struct TrustedAuthoritiesTests {
    private func at(_ days: Int64) -> Instant { Chain.start.advanced(bySeconds: days * Chain.day) }

    /// An authority below another one. Ours are made with path length 0, so the openssl command makes these.
    private func deepChain(pathLength: String) throws -> (
        root: X509Certificate, middle: X509Certificate, leaf: X509Certificate
    ) {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            [req]
            distinguished_name = dn
            [dn]
            [root]
            basicConstraints = critical,CA:TRUE\(pathLength)
            keyUsage = critical,keyCertSign
            subjectKeyIdentifier = hash
            [middle]
            basicConstraints = critical,CA:TRUE
            keyUsage = critical,keyCertSign
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid
            [leaf]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            authorityKeyIdentifier = keyid

            """, to: "x.cnf")
        for name in ["root", "middle", "leaf"] {
            let isRoot = name == "root"
            let issuer = name == "leaf" ? "middle" : "root"
            var steps = [
                ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "\(name).key"],
                [
                    "req", "-new", "-key", "\(name).key", "-subj", "/CN=\(name)", "-config", "x.cnf", "-out",
                    "\(name).csr",
                ],
            ]
            steps.append(
                ["x509", "-req", "-in", "\(name).csr", "-days", "3650", "-extfile", "x.cnf", "-extensions", name]
                    + ["-out", "\(name).pem"]
                    + (isRoot
                        ? ["-signkey", "root.key"]
                        : ["-CA", "\(issuer).pem", "-CAkey", "\(issuer).key", "-CAcreateserial"]))
            for step in steps {
                let run = try openssl(step, in: folder)
                #expect(run.status == 0, "\(step): \(run.output)")
            }
        }
        func read(_ name: String) throws -> X509Certificate {
            try X509Certificate(pem: try folder.text(of: "\(name).pem"))
        }
        return (try read("root"), try read("middle"), try read("leaf"))
    }

    @Test(arguments: [SignatureAlgorithm.sm2, .es256])
    func `a certificate counts under its own root, in its own time`(algorithm: SignatureAlgorithm) throws {
        let chain = try Chain(algorithm, days: 0..<10)
        let trusted = TrustedAuthorities([chain.root])
        let cases: [(Instant, ChainVerdict)] = [
            (at(0).advanced(bySeconds: -1), .notYetValid), (at(0), .trusted), (at(10), .trusted),
            (Instant(milliseconds: at(10).milliseconds + 999), .trusted), (at(10).advanced(bySeconds: 1), .expired),
        ]
        for (instant, verdict) in cases {
            #expect(try trusted.verdict(on: chain.certificate, at: instant, among: []) == verdict)
        }
        let nobody = TrustedAuthorities([])
        #expect(try nobody.verdict(on: chain.certificate, at: at(1), among: [chain.root]) == .unknownAuthority)
    }

    @Test func `another key under the same name is told apart`() throws {
        let (one, other) = (try Chain(.es256), try Chain(.es256))
        // The key ids differ, so the other root is not even the one that is meant.
        let trusted = TrustedAuthorities([other.root])
        #expect(try trusted.verdict(on: one.certificate, at: at(1), among: []) == .unknownAuthority)
        let forged = try X509Certificate(der: flippingSignature(of: one.certificate))
        #expect(try TrustedAuthorities([one.root]).verdict(on: forged, at: at(1), among: []) == .wrongSignature)
    }

    /// The last byte is one of s.
    private func flippingSignature(of certificate: X509Certificate) -> [UInt8] {
        certificate.der.flipping(bit: (certificate.der.count - 1) * 8)
    }

    @Test func `a right certificate is remembered, and a wrong one beside it stays wrong`() throws {
        let chain = try Chain(.sm2, days: 0..<10)
        let trusted = TrustedAuthorities([chain.root])
        let forged = try X509Certificate(der: flippingSignature(of: chain.certificate))
        for _ in 0..<3 {
            #expect(try trusted.verdict(on: chain.certificate, at: at(1), among: []) == .trusted)
            #expect(try trusted.verdict(on: forged, at: at(1), among: []) == .wrongSignature)
            #expect(try trusted.verdict(on: chain.certificate, at: at(11), among: []) == .expired)
        }
    }

    @Test func `an authority's certificate is not for documents`() throws {
        let chain = try Chain(.sm2)
        let trusted = TrustedAuthorities([chain.root])
        #expect(try trusted.verdict(on: chain.root, at: at(1), among: []) == .notForSigning)
    }

    @Test func `a chain goes through what comes along, and stops at a path length`() throws {
        let now = Instant(milliseconds: 0)
        for (pathLength, expected) in [
            ("", ChainVerdict.trusted), (",pathlen:1", .trusted), (",pathlen:0", .unknownAuthority),
        ] {
            let (root, middle, leaf) = try deepChain(pathLength: pathLength)
            let trusted = TrustedAuthorities([root])
            let instant = leaf.validFrom.advanced(bySeconds: 1)
            #expect(try trusted.verdict(on: leaf, at: instant, among: [middle]) == expected, "\(pathLength)")
            #expect(try trusted.verdict(on: leaf, at: instant, among: [leaf, root, middle]) == expected)
            #expect(try trusted.verdict(on: leaf, at: instant, among: []) == .unknownAuthority)
            #expect(try TrustedAuthorities([middle]).verdict(on: leaf, at: instant, among: []) == .trusted)
            if expected == .trusted {
                #expect(try trusted.verdict(on: leaf, at: now, among: [middle]) == .notYetValid)
            }
        }
    }

    @Test func `certificates that all vouch for each other cost no more than the limit`() throws {
        let (_, middle, leaf) = try deepChain(pathLength: "")
        let stranger = try Chain(.es256).root
        let crowd = [X509Certificate](repeating: middle, count: 1000)
        let trusted = TrustedAuthorities([stranger])
        let verdict = try trusted.verdict(on: leaf, at: leaf.validFrom, among: crowd)
        #expect(verdict == .unknownAuthority)
    }
}
