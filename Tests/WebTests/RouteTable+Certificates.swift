import Accounts
import Certificates
import Dossiers
import Hall
import Testing
import Vocabulary

@testable import Web

/// Certificates: holders see their own, officers those of their body, supervisors none.
extension RouteRow {
    private static func inCase(_ allowed: [Visitor], not refused: [Visitor]) -> [Visitor: Expected] {
        let answers = allowed.map { ($0, Expected.refused(CertificateUseRefusal.unknownCode)) }
        return Dictionary(uniqueKeysWithValues: answers + refused.map { ($0, .refused(PerformerRefusal.notAllowed)) })
    }

    static let certificates: [RouteRow] = [
        RouteRow(
            route: "GET /certificates/{certificate}", door: .portal, path: "/certificates/CERTIFICATE",
            answers: [
                .applicant: .answers(200), .stranger: .refused(CertificateRefusal.notFound),
                .otherAgent: .refused(CertificateRefusal.notFound),
            ]),
        // A code that nobody has: how a case's own opens, `CertificateUseDoorTests` shows.
        RouteRow(
            route: "GET /office/dossiers/{dossier}/certificates/{code}", door: .office,
            path: "/office/dossiers/DOSSIER/certificates/\(Subject(high: 1, low: 1))", stage: .inReview,
            answers: inCase([.reviewer, .decider, .head], not: [.otherReviewer, .otherDecider])),
        RouteRow(
            route: "GET /window/dossiers/{dossier}/certificates/{code}", door: .window,
            path: "/window/dossiers/DOSSIER/certificates/\(Subject(high: 1, low: 1))",
            answers: inCase([.clerk], not: [.farClerk])),
        // The house of these tests has no seals.
        RouteRow(
            route: "GET /certificates/{certificate}/files/{format}", door: .portal,
            path: "/certificates/CERTIFICATE/files/ofd",
            answers: [
                .applicant: .refused(CertificateRefusal.noFile), .stranger: .refused(CertificateRefusal.notFound),
                .otherAgent: .refused(CertificateRefusal.notFound),
            ]),
        RouteRow(
            route: "POST /certificates/{certificate}/copies", door: .portal, path: "/certificates/CERTIFICATE/copies",
            fields: [("purpose", "办理银行开户"), ("days", "30"), ("format", "pdf")],
            answers: [
                .applicant: .refused(CertificateRefusal.noFile), .stranger: .refused(CertificateRefusal.notFound),
                .otherAgent: .refused(CertificateRefusal.notFound),
            ]),
        RouteRow(
            route: "GET /office/certificates", door: .office,
            path: "/office/certificates?q=x&type=y&state=valid&from=2018-01-01&until=z&after=x",
            answers: [.decider: .answers(200), .otherDecider: .answers(200), .head: .answers(200)]),
        RouteRow(
            route: "GET /office/certificates/{certificate}", door: .office, path: "/office/certificates/CERTIFICATE",
            answers: [
                .decider: .answers(200), .head: .answers(200),
                .otherDecider: .refused(PerformerRefusal.notAllowed),
            ]),
        RouteRow(
            route: "POST /office/certificates/{certificate}/{deed}", door: .office,
            path: "/office/certificates/CERTIFICATE/restriction",
            fields: [("ground", "investigation"), ("note", "现场检查发现问题")],
            answers: [
                .decider: .done, .head: .answers(409), .otherDecider: .refused(PermitRefusal.outOfScope),
            ]),
    ]
}

extension DoorHouse {
    /// A certificate of the city's bureau of human resources that somebody holds: no case made it.
    func certificate(
        of holder: PersonID, name: String = "福州示例企业一有限公司", serial: String = "LW20260001",
        type: String = "11100000MADEM4020U003"
    ) async throws -> CertificateID {
        let issuer = try #require(CreditCode("11350100MADEM002X0"))
        let identifier = try #require(
            CertificateIdentifier(type: type, issuer: issuer, serial: serial, version: 1))
        let today = hall.time.now().day
        return try await hall.takeOver(
            Certificate.Reservation(
                identifier: identifier, holder: holder, origin: nil, validFrom: today.advanced(byMonths: -3),
                validUntil: today.advanced(byMonths: 33)),
            Certificate.Personal(
                holder: (name, Cast.firmCode, "001"),
                names: ("劳务派遣经营许可证", "福州市人力资源和社会保障局(示例)"),
                face: ["operator": name, "scope": "国内劳务派遣", "validUntil": "2029-08-24"]))
    }
}
