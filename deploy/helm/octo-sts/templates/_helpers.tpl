{{- define "octo-sts.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "octo-sts.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: service
{{- end }}

{{- define "octo-sts.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "octo-sts.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "octo-sts.name" .) "default" .Values.serviceAccount.create) }}
{{- end }}

{{- define "octo-sts.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{- define "octo-sts.secret" -}}
{{- if .Values.github.externalSecret.enabled }}{{ include "octo-sts.name" . }}{{ else }}{{ .Values.github.existingSecret }}{{ end }}
{{- end }}

{{- define "octo-sts.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "octo-sts.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "octo-sts.proberPod" -}}
serviceAccountName: {{ include "octo-sts.serviceAccount" . }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: {{- include "octo-sts.podSecurity" . | nindent 2 }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: prober
    image: {{ include "octo-sts.image" . }}
    imagePullPolicy: {{ .Values.image.pullPolicy }}
    args:
      - probe
      - --token-file=/run/identity/token
      {{- if eq .Values.prober.kind "Deployment" }}
      - --serve
      {{- end }}
    env:
      - {name: STS_DOMAIN, value: {{ .Values.domain | quote }}}
      - {name: PROBER_SCOPE, value: {{ required "prober.scope: the repository whose policy trusts the prober" .Values.prober.scope | quote }}}
      - {name: PROBER_IDENTITY, value: {{ required "prober.identity: the policy that trusts the prober" .Values.prober.identity | quote }}}
      {{- with .Values.github.baseUrl }}
      - {name: GITHUB_API_URL, value: {{ . | quote }}}
      {{- end }}
      {{- if eq .Values.prober.kind "Deployment" }}
      - {name: PORT, value: "8080"}
      - name: AUTHORIZATION
        valueFrom:
          secretKeyRef: {name: {{ required "prober.existingSecret: a Secret with the key authorization" .Values.prober.existingSecret }}, key: authorization}
      {{- end }}
    {{- if eq .Values.prober.kind "Deployment" }}
    ports:
      - {name: http, containerPort: 8080, protocol: TCP}
    readinessProbe:
      httpGet: {path: /health/live, port: http}
    {{- end }}
    resources: {{- toYaml .Values.prober.resources | nindent 6 }}
    securityContext: {{- include "octo-sts.containerSecurity" . | nindent 6 }}
    volumeMounts:
      - {name: identity, mountPath: /run/identity, readOnly: true}
      - {name: tmp, mountPath: /tmp}
volumes:
  - name: identity
    projected:
      sources:
        - serviceAccountToken: {audience: {{ .Values.domain | quote }}, expirationSeconds: 3600, path: token}
  - name: tmp
    emptyDir: {medium: Memory, sizeLimit: 16Mi}
{{- end }}
